package dev.varve.chain;

import dev.varve.chain.ContainerException.Reason;

/** The words in which Azure Storage refuses a request, with their status and what they mean. */
enum ServiceError {
  POSITION(Reason.WRONG_POSITION, 412, "AppendPositionConditionNotMet"),
  BLOCK_COUNT(Reason.BLOCK_COUNT, 409, "BlockCountExceedsLimit"),
  EXISTS(Reason.ALREADY_EXISTS, 409, "BlobAlreadyExists"),
  NOT_FOUND(Reason.NOT_FOUND, 404, "BlobNotFound"),
  RANGE(Reason.RANGE, 416, "InvalidRange"),
  BLOCK_LIST(Reason.INVALID_BLOCKS, 400, "InvalidBlockList"),
  BLOCK_LIST_LENGTH(Reason.REFUSED, 400, "BlockListTooLong"),
  BLOCK_ID(Reason.REFUSED, 400, "InvalidBlobOrBlock"),
  BLOB_TYPE(Reason.REFUSED, 409, "InvalidBlobType"),
  METADATA(Reason.REFUSED, 400, "InvalidMetadata"),
  METADATA_TOO_LARGE(Reason.REFUSED, 400, "MetadataTooLarge");

  private final Reason reason;
  private final int status;
  private final String code;

  ServiceError(Reason reason, int status, String code) {
    this.reason = reason;
    this.status = status;
    this.code = code;
  }

  /** The refusal of a request for a blob. */
  ContainerException of(String blob) {
    return new ContainerException(
        reason, status, code, "%d %s: %s".formatted(status, code, blob), null, null);
  }
}
