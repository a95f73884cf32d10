package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.TIMEOUT;
import static dev.varve.kit.container.ContainerFixture.assertRefused;
import static dev.varve.kit.container.ContainerFixture.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reading ranges of blobs. */
interface RangeContract extends ContainerPart {

  @Test
  default void aReadGivesWhatIsThereFromAnyByteToAnyOther() throws Exception {
    byte[] content = fixture().createWith("a", 7, 1, 12);
    for (int from = 0; from < content.length; from += 3) {
      for (int atMost : new int[] {1, 6, content.length - from, 50}) {
        int to = Math.min(from + atMost, content.length);
        assertArrayEquals(Arrays.copyOfRange(content, from, to), fixture().read("a", from, atMost));
      }
    }
  }

  @Test
  default void aReadFillsWhatRemainsOfItsTarget() throws Exception {
    byte[] content = fixture().createWith("a", 40);
    for (ByteBuffer target : new ByteBuffer[] {ByteBuffer.allocate(30), direct(30)}) {
      target.position(5).limit(15);
      assertEquals(10, fixture().container().read("a", 20, target, TIMEOUT));
      assertEquals(15, target.position());
      assertEquals(15, target.limit());
      byte[] all = new byte[30];
      target.clear().get(all);
      byte[] expected = new byte[30];
      System.arraycopy(content, 20, expected, 5, 10);
      assertArrayEquals(expected, all);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes);
  }

  @Test
  default void aReadBehindTheEndIsRefused() throws Exception {
    fixture().createWith("a", 8);
    for (long offset : new long[] {9, 1L << 41}) {
      assertRefused(Reason.RANGE, 416, "InvalidRange", () -> fixture().read("a", offset, 10));
    }
  }

  @Test
  default void aReadAtTheEndIsRefused() throws Exception {
    fixture().createWith("a", 8);
    fixture().create("b");
    for (int atMost : new int[] {1, 2, 4096}) {
      assertEquals(Reason.RANGE, refused(() -> fixture().read("a", 8, atMost)).reason());
      assertEquals(Reason.RANGE, refused(() -> fixture().read("b", 0, atMost)).reason());
    }
  }

  @Test
  default void aReadOfNothingIsRefused() {
    assertRefused(Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().read("a", 0, 10));
  }

  @Test
  default void aRefusedReadLeavesItsTargetAlone() throws Exception {
    fixture().create("a");
    ByteBuffer target = ByteBuffer.allocate(30).position(5).limit(15);
    refused(() -> fixture().container().read("a", 0, target, TIMEOUT));
    assertEquals(ByteBuffer.allocate(30).position(5).limit(15), target);
    assertEquals(5, target.position());
  }
}
