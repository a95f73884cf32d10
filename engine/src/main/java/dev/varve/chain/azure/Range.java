package dev.varve.chain.azure;

import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The whole answer to a read. The caller's buffer is filled from it by the caller's thread, so an
 * answer that comes too late touches nothing.
 */
final class Range {
  private final int status;
  private final String contentRange;
  private final List<ByteBuffer> parts;

  private Range(int status, String contentRange, List<ByteBuffer> parts) {
    this.status = status;
    this.contentRange = contentRange;
    this.parts = parts;
  }

  /** Waits for the body as well. */
  static Mono<Range> whole(BlobDownloadAsyncResponse response) {
    String range = String.valueOf(response.getDeserializedHeaders().getContentRange());
    return response
        .getValue()
        .collectList()
        .map(parts -> new Range(response.getStatusCode(), range, parts));
  }

  /**
   * Copies it.
   *
   * @return bytes copied, at least 1
   * @throws ContainerException {@code RANGE} when the blob ends at {@code offset}, {@code FAILED}
   *     when this is not what was asked for
   */
  int copyTo(ByteBuffer target, long offset) throws ContainerException {
    long size = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size == 0 && endsAt(offset)) {
      throw refusal(Reason.RANGE, "the blob ends at " + offset);
    }
    if (size == 0 || size > target.remaining() || !isFrom(offset, size)) {
      String asked = "asked for %d bytes from %d".formatted(target.remaining(), offset);
      throw refusal(Reason.FAILED, asked + ", got %d as %s".formatted(size, contentRange));
    }
    parts.forEach(target::put);
    return (int) size;
  }

  private boolean isFrom(long offset, long size) {
    return contentRange.startsWith("bytes " + offset + "-" + (offset + size - 1) + "/");
  }

  /** Azurite answers so to a read at a blob's end, which Azure Storage refuses with 416. */
  private boolean endsAt(long offset) {
    return contentRange.equals("bytes " + offset + "-" + (offset - 1) + "/" + offset);
  }

  private ContainerException refusal(Reason reason, String message) {
    return new ContainerException(reason, status, "", message, null, null);
  }
}
