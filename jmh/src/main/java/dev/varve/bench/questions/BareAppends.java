package dev.varve.bench.questions;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.ContainerException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

/** The least that appends to blobs can be: a request each, one after the other. */
final class BareAppends {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final BlobContainer container;
  private final ByteBuffer block;
  private String blob = "";
  private int blobs;
  private long offset;
  private long appended;

  /** Appends of so many bytes to a container; the first blob comes with the first of them. */
  BareAppends(BlobContainer container, int blockBytes) {
    this.container = container;
    block = ByteBuffer.allocate(blockBytes);
  }

  /** Bytes of each append. */
  int blockBytes() {
    return block.remaining();
  }

  /** Appends. */
  void append() throws ContainerException {
    if (blob.isEmpty()) {
      blob = "bare." + ++blobs;
      container.create(blob, Map.of(), TIMEOUT);
      offset = 0;
    }
    int blocks = container.append(blob, offset, block, TIMEOUT);
    offset += block.remaining();
    appended++;
    if (blocks == container.limits().blocks()) {
      blob = "";
    }
  }

  /** Throws unless the blobs have the bytes of all appends. */
  void requireAll() throws ContainerException {
    long bytes = 0;
    for (int number = 1; number <= blobs; number++) {
      bytes += container.properties("bare." + number, TIMEOUT).length();
    }
    if (bytes != appended * blockBytes()) {
      throw new IllegalStateException(
          "wrong answer: %d bytes of %d appends".formatted(bytes, appended));
    }
  }
}
