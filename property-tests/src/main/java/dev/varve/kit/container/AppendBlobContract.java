package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.TIMEOUT;
import static dev.varve.kit.container.ContainerFixture.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Creating append blobs and appending to them. */
interface AppendBlobContract extends ContainerPart {

  @Test
  default void aCreatedBlobIsEmpty() throws Exception {
    fixture().container().create("a", Map.of("start", "0"), TIMEOUT);
    assertEquals(new BlobProperties(0, 0, Map.of("start", "0")), fixture().properties("a"));
  }

  @Test
  default void creatingWhatIsThereIsRefusedAndChangesNothing() throws Exception {
    fixture().container().create("a", Map.of("start", "0"), TIMEOUT);
    byte[] block = fixture().bytes(40);
    fixture().append("a", 0, block);
    assertRefused(
        Reason.ALREADY_EXISTS,
        409,
        "BlobAlreadyExists",
        () -> fixture().container().create("a", Map.of("start", "9"), TIMEOUT));
    assertEquals(new BlobProperties(40, 1, Map.of("start", "0")), fixture().properties("a"));
    fixture().assertHolds("a", block);
  }

  @Test
  default void eachAppendIsABlock() throws Exception {
    fixture().create("a");
    for (int blocks = 1; blocks <= 5; blocks++) {
      assertEquals(blocks, fixture().append("a", 8L * (blocks - 1), fixture().bytes(8)));
      assertEquals(new BlobProperties(8L * blocks, blocks, Map.of()), fixture().properties("a"));
    }
  }

  @Test
  default void blobsHaveNothingInCommon() throws Exception {
    byte[] first = fixture().createWith("a", 10, 20);
    byte[] second = fixture().createWith("b", 5);
    fixture().assertHolds("a", first);
    fixture().assertHolds("b", second);
  }

  @Test
  default void anAppendElsewhereIsRefusedAndChangesNothing() throws Exception {
    byte[] content = fixture().createWith("a", 10, 20);
    for (long offset : new long[] {0, 10, 29, 31, 1L << 41}) {
      assertRefused(
          Reason.WRONG_POSITION,
          412,
          "AppendPositionConditionNotMet",
          () -> fixture().append("a", offset, new byte[4]));
    }
    assertEquals(2, fixture().properties("a").blocks());
    fixture().assertHolds("a", content);
  }

  @Test
  default void anAppendToNothingIsRefused() {
    assertRefused(
        Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().append("a", 0, new byte[4]));
  }

  @Test
  default void propertiesOfNothingAreRefused() {
    assertRefused(Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().properties("a"));
  }

  @Test
  default void anAppendTakesWhatRemainsAndLeavesTheBufferAsItIs() throws Exception {
    byte[] bytes = fixture().bytes(64);
    ByteBuffer direct = ByteBuffer.allocateDirect(64).put(bytes);
    fixture().create("a");
    int end = 0;
    for (ByteBuffer data :
        List.of(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes).asReadOnlyBuffer(), direct)) {
      data.position(8).limit(24);
      fixture().container().append("a", end, data, TIMEOUT);
      assertEquals(8, data.position());
      assertEquals(24, data.limit());
      assertArrayEquals(Arrays.copyOfRange(bytes, 8, 24), fixture().read("a", end, 16));
      end += 16;
    }
  }

  @Test
  default void theLargestAppendIsTaken() throws Exception {
    byte[] content = fixture().createWith("a", 3, fixture().container().limits().appendBytes(), 1);
    assertEquals(3, fixture().properties("a").blocks());
    fixture().assertHolds("a", content);
  }

  @Test
  default void ofAppendsToOnePlaceOneIsTaken() throws Exception {
    fixture().create("a");
    long end = 0;
    for (int round = 0; round < 10; round++) {
      List<byte[]> blocks = List.of(fixture().bytes(9), fixture().bytes(9), fixture().bytes(9));
      long offset = end;
      List<Callable<Boolean>> appends = new ArrayList<>();
      blocks.forEach(block -> appends.add(() -> isTaken(offset, block)));
      int winner = onlyTrue(appends);
      assertArrayEquals(blocks.get(winner), fixture().read("a", offset, 100));
      end += 9;
    }
    assertEquals(10, fixture().properties("a").blocks());
  }

  private boolean isTaken(long offset, byte[] block) throws ContainerException {
    try {
      fixture().append("a", offset, block);
      return true;
    } catch (ContainerException refused) {
      assertEquals(Reason.WRONG_POSITION, refused.reason());
      return false;
    }
  }

  @Test
  default void ofCreationsOfOneNameOneIsTaken() throws Exception {
    for (int round = 0; round < 10; round++) {
      String name = "a" + round;
      List<Callable<Boolean>> creations = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        Map<String, String> metadata = Map.of("writer", String.valueOf(writer));
        creations.add(() -> isCreated(name, metadata));
      }
      int winner = onlyTrue(creations);
      assertEquals(Map.of("writer", String.valueOf(winner)), fixture().properties(name).metadata());
    }
  }

  private boolean isCreated(String name, Map<String, String> metadata) throws ContainerException {
    try {
      fixture().container().create(name, metadata, TIMEOUT);
      return true;
    } catch (ContainerException refused) {
      assertEquals(Reason.ALREADY_EXISTS, refused.reason());
      return false;
    }
  }

  /** Runs them at once; the index of the only one that answers true. */
  private static int onlyTrue(List<Callable<Boolean>> calls) throws Exception {
    List<Integer> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = threads.invokeAll(calls);
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).get()) {
          winners.add(i);
        }
      }
    }
    assertEquals(1, winners.size(), winners::toString);
    return winners.getFirst();
  }
}
