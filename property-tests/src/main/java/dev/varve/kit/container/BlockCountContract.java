package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a container does when an append blob has all its blocks. Extend it with your container; it
 * appends as often as the limit allows, which takes a while where that is often.
 */
public abstract class BlockCountContract {
  private static final int BLOCK_BYTES = 8;

  /** For subclasses. */
  protected BlockCountContract() {}

  /** A container without blobs. */
  protected abstract BlobContainer empty();

  @Test
  final void aBlobTakesAllItsBlocksAndNotOneMoreWhateverThePosition() throws Exception {
    ContainerFixture fixture = new ContainerFixture(empty());
    fixture.create("a");
    int limit = fixture.container().limits().blocks();
    byte[] block = fixture.bytes(BLOCK_BYTES);
    for (int blocks = 0; blocks < limit; blocks++) {
      assertEquals(blocks + 1, fixture.append("a", (long) BLOCK_BYTES * blocks, block));
    }
    long end = (long) BLOCK_BYTES * limit;
    for (long offset : new long[] {end, 0, end + 1}) {
      assertRefused(
          Reason.BLOCK_COUNT,
          409,
          "BlockCountExceedsLimit",
          () -> fixture.append("a", offset, block));
    }
    assertEquals(new BlobProperties(end, limit, Map.of()), fixture.properties("a"));
  }
}
