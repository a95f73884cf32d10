package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.InMemoryContainer.Request;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class InMemoryContainerTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private final InMemoryContainer container = new InMemoryContainer(new BlobLimits(1024, 2));

  @Test
  void appendsAtTheEndOnlyAndCountsBlocks() throws ContainerException {
    container.create("a", Map.of(), SOON);
    assertEquals(1, container.append("a", 0, bytes(3), SOON));
    refuses(Reason.WRONG_POSITION, 412, "AppendPositionConditionNotMet", () -> append("a", 0, 1));
    refuses(Reason.WRONG_POSITION, 412, "AppendPositionConditionNotMet", () -> append("a", 4, 1));
    assertEquals(2, container.append("a", 3, bytes(4), SOON));
    assertEquals(new BlobProperties(7, 2, Map.of()), container.properties("a", SOON));
  }

  @Test
  void fullBlobSaysSoBeforeItLooksAtThePosition() throws ContainerException {
    container.create("a", Map.of(), SOON);
    append("a", 0, 1);
    append("a", 1, 1);
    for (long offset : new long[] {0, 1, 2, 9}) {
      refuses(Reason.BLOCK_COUNT, 409, "BlockCountExceedsLimit", () -> append("a", offset, 1));
    }
  }

  @Test
  void refusesWhatTheServiceRefusesInAnAppend() throws ContainerException {
    container.create("a", Map.of(), SOON);
    container.stageBlock("b", "1", bytes(1), SOON);
    container.commitBlocks("b", List.of("1"), Map.of(), SOON);
    assertThrows(IllegalArgumentException.class, () -> append("a", 0, 1025));
    assertThrows(IllegalArgumentException.class, () -> append("a", 0, 0));
    refuses(Reason.NOT_FOUND, 404, "BlobNotFound", () -> append("c", 0, 1));
    refuses(Reason.REFUSED, 409, "InvalidBlobType", () -> append("b", 1, 1));
    assertEquals(1, container.append("a", 0, bytes(1024), SOON));
  }

  @Test
  void appendLeavesItsDataAsItIs() throws ContainerException {
    container.create("a", Map.of(), SOON);
    ByteBuffer data = bytes(5).position(2);
    container.append("a", 0, data, SOON);
    assertEquals(2, data.position());
    data.put(2, (byte) 77);
    assertArrayEquals(new byte[] {3, 4, 5}, container.content("a"));
  }

  @Test
  void createsIfAbsentOnly() throws ContainerException {
    container.create("a", Map.of("start", "0"), SOON);
    append("a", 0, 9);
    refuses(
        Reason.ALREADY_EXISTS,
        409,
        "BlobAlreadyExists",
        () -> container.create("a", Map.of(), SOON));
    assertEquals(new BlobProperties(9, 1, Map.of("start", "0")), container.properties("a", SOON));
  }

  @Test
  void readsAcrossBlocksUntilTheTargetIsFullOrTheBlobEnds() throws ContainerException {
    container.create("a", Map.of(), SOON);
    append("a", 0, 3);
    append("a", 3, 4);
    ByteBuffer four = ByteBuffer.allocate(4);
    assertEquals(4, container.read("a", 1, four, SOON));
    assertArrayEquals(new byte[] {2, 3, 1, 2}, four.array());
    assertEquals(4, container.read("a", 3, ByteBuffer.allocate(9), SOON));
    refuses(Reason.RANGE, 416, "InvalidRange", () -> read("a", 7));
    refuses(Reason.NOT_FOUND, 404, "BlobNotFound", () -> read("b", 0));
    assertThrows(IllegalArgumentException.class, () -> read("a", -1));
  }

  @Test
  void emptyBlobHasNoRange() throws ContainerException {
    container.create("a", Map.of(), SOON);
    refuses(Reason.RANGE, 416, "InvalidRange", () -> read("a", 0));
  }

  @Test
  void metadataIsReplacedAsAWhole() throws ContainerException {
    container.create("a", Map.of("start", "0", "markers", "1"), SOON);
    container.setMetadata("a", Map.of("firstkey", "7"), SOON);
    assertEquals(Map.of("firstkey", "7"), container.properties("a", SOON).metadata());
    refuses(
        Reason.NOT_FOUND, 404, "BlobNotFound", () -> container.setMetadata("b", Map.of(), SOON));
  }

  @Test
  void metadataHasPlainNamesAndPrintableValues() {
    for (String name : List.of("", "First", "1st", "first-key", "first_key")) {
      refuses(
          Reason.REFUSED,
          400,
          "InvalidMetadata",
          () -> container.create("a", Map.of(name, "1"), SOON));
    }
    refuses(
        Reason.REFUSED,
        400,
        "InvalidMetadata",
        () -> container.create("a", Map.of("name", "\n"), SOON));
    refuses(
        Reason.REFUSED,
        400,
        "MetadataTooLarge",
        () -> container.create("a", Map.of("name", "v".repeat(8192)), SOON));
  }

  @Test
  void listsByPrefixInTheOrderOfNamesAndCountsPages() throws ContainerException {
    container.create("events.00002", Map.of("start", "9"), SOON);
    container.create("events.00001", Map.of(), SOON);
    container.create("other", Map.of(), SOON);
    assertEquals(
        List.of(
            new ListedBlob("events.00001", 0, Map.of()),
            new ListedBlob("events.00002", 0, Map.of("start", "9"))),
        container.list("events.", SOON));
    assertEquals(1, container.requests(Request.LIST));
    for (int number = 3; number <= 5_001; number++) {
      container.create("events.%05d".formatted(number), Map.of(), SOON);
    }
    assertEquals(5_001, container.list("events.", SOON).size());
    assertEquals(3, container.requests(Request.LIST));
    assertEquals(0, container.list("none", SOON).size());
    assertEquals(4, container.requests(Request.LIST));
  }

  @Test
  void stagedBlocksShowWhenTheyAreCommittedAndOnlyOnce() throws ContainerException {
    container.stageBlock("b", "01", bytes(2), SOON);
    container.stageBlock("b", "02", bytes(3), SOON);
    refuses(Reason.NOT_FOUND, 404, "BlobNotFound", () -> container.properties("b", SOON));
    assertEquals(List.of(), container.list("b", SOON));
    container.commitBlocks("b", List.of("02", "01"), Map.of("start", "0"), SOON);
    assertArrayEquals(new byte[] {1, 2, 3, 1, 2}, container.content("b"));
    assertEquals(new BlobProperties(5, 0, Map.of("start", "0")), container.properties("b", SOON));
    container.stageBlock("b", "03", bytes(1), SOON);
    refuses(
        Reason.ALREADY_EXISTS,
        409,
        "BlobAlreadyExists",
        () -> container.commitBlocks("b", List.of("03"), Map.of(), SOON));
  }

  @Test
  void blockThatWasNotStagedCannotBeCommitted() throws ContainerException {
    container.stageBlock("b", "01", bytes(2), SOON);
    refuses(
        Reason.INVALID_BLOCKS,
        400,
        "InvalidBlockList",
        () -> container.commitBlocks("b", List.of("01", "02"), Map.of(), SOON));
    container.commitBlocks("b", List.of("01"), Map.of(), SOON);
  }

  @Test
  void blockIdsOfABlobAreOfOneLengthAndNotTooLong() throws ContainerException {
    container.stageBlock("b", "01", bytes(2), SOON);
    for (String id : List.of("", "1", "001", "1".repeat(65))) {
      refuses(
          Reason.REFUSED,
          400,
          "InvalidBlobOrBlock",
          () -> container.stageBlock("b", id, bytes(1), SOON));
    }
  }

  @Test
  void appendBlobTakesNoBlocks() throws ContainerException {
    container.create("a", Map.of(), SOON);
    refuses(
        Reason.REFUSED,
        409,
        "InvalidBlobType",
        () -> container.stageBlock("a", "1", bytes(1), SOON));
    refuses(
        Reason.ALREADY_EXISTS,
        409,
        "BlobAlreadyExists",
        () -> container.commitBlocks("a", List.of(), Map.of(), SOON));
  }

  @Test
  void oneOfManyAppendsAtAPositionIsApplied() throws Exception {
    InMemoryContainer azure = new InMemoryContainer(BlobLimits.AZURE);
    azure.create("a", Map.of(), SOON);
    Map<Long, Integer> winners = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        threads.execute(() -> race(azure, winners));
      }
    }
    assertEquals(100, winners.size());
    assertEquals(new BlobProperties(800, 100, Map.of()), azure.properties("a", SOON));
    winners.values().forEach(times -> assertEquals(1, times));
  }

  private static void race(BlobContainer azure, Map<Long, Integer> winners) {
    for (long offset = 0; offset < 800; offset += 8) {
      try {
        azure.append("a", offset, bytes(8), SOON);
        winners.merge(offset, 1, Integer::sum);
      } catch (ContainerException late) {
        assertEquals(Reason.WRONG_POSITION, late.reason());
      }
    }
  }

  private void append(String name, long offset, int length) throws ContainerException {
    container.append(name, offset, bytes(length), SOON);
  }

  private void read(String name, long offset) throws ContainerException {
    container.read(name, offset, ByteBuffer.allocate(1), SOON);
  }

  private static ByteBuffer bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return ByteBuffer.wrap(bytes);
  }

  private static void refuses(Reason reason, int status, String code, Executable request) {
    ContainerException refusal = assertThrows(ContainerException.class, request);
    assertEquals(reason, refusal.reason());
    assertEquals(status, refusal.status());
    assertEquals(code, refusal.code());
  }
}
