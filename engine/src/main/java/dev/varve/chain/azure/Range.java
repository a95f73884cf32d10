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
   * @throws ContainerException {@code FAILED} when it is not what was asked for
   */
  int copyTo(ByteBuffer target, long offset) throws ContainerException {
    long size = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    String start = "bytes %d-%d/".formatted(offset, offset + size - 1);
    if (size < 1 || size > target.remaining() || !contentRange.startsWith(start)) {
      throw new ContainerException(
          Reason.FAILED,
          status,
          "",
          "asked for %d bytes from %d, got %d of range %s"
              .formatted(target.remaining(), offset, size, contentRange),
          null,
          null);
    }
    parts.forEach(target::put);
    return (int) size;
  }
}
