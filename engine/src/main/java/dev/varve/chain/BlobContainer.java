package dev.varve.chain;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A container of blobs, as far as a chain needs one: Azure Storage or something that keeps its
 * rules. Each call is one request to the service (a listing one per page), is never retried in
 * here, and ends within its timeout. Safe from any thread.
 *
 * <p>Every method throws {@link ContainerException} when the service refuses or does not answer;
 * its {@link ContainerException#reason() reason} says which.
 *
 * <p>Metadata names are lower-case letters and digits, starting with a letter; values are printable
 * ASCII.
 */
public interface BlobContainer {
  /** What the service allows. */
  BlobLimits limits();

  /**
   * Creates an empty append blob.
   *
   * @throws ContainerException {@code ALREADY_EXISTS} when there is a blob of that name
   */
  void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException;

  /**
   * Appends to an append blob as one block, if the blob is exactly {@code offset} bytes long.
   *
   * @param data its remaining bytes, 1 to {@link BlobLimits#appendBytes()}; left as they are
   * @throws IllegalArgumentException for less or more, which is not sent
   * @return the blob's number of blocks afterwards
   * @throws ContainerException {@code WRONG_POSITION} when the blob has another length, {@code
   *     BLOCK_COUNT} when it has all its blocks, whatever its length, {@code NOT_FOUND}
   */
  int append(String name, long offset, ByteBuffer data, Duration timeout) throws ContainerException;

  /**
   * What is known of a blob.
   *
   * @throws ContainerException {@code NOT_FOUND}
   */
  BlobProperties properties(String name, Duration timeout) throws ContainerException;

  /**
   * Reads from a blob until the target is full or the blob ends.
   *
   * @return bytes read, at least 1
   * @throws ContainerException {@code RANGE} when the blob ends at or before {@code offset}, {@code
   *     NOT_FOUND}
   */
  int read(String name, long offset, ByteBuffer target, Duration timeout) throws ContainerException;

  /**
   * The blobs whose names begin so, in the order of their names; what is created meanwhile may be
   * there or not.
   */
  List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException;

  /**
   * Replaces all metadata of a blob.
   *
   * @throws ContainerException {@code NOT_FOUND}
   */
  void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException;

  /**
   * Stores a block for a block blob that is to come; it shows only when it is committed.
   *
   * @param blockId as long as every other one of this blob, at most 64 bytes
   * @param data its remaining bytes, 1 to {@link BlobLimits#appendBytes()}; left as they are
   * @throws IllegalArgumentException for less or more, which is not sent
   */
  void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException;

  /**
   * Makes a block blob of staged blocks.
   *
   * @throws ContainerException {@code ALREADY_EXISTS} when there is a blob of that name, {@code
   *     INVALID_BLOCKS} when a block has not been staged
   */
  void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException;
}
