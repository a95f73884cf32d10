package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads append, read and follow at once. */
interface ConcurrencyContract extends ContractPart {
  /** Long enough that it never ends a wait of a healthy log. */
  Duration PATIENCE = Duration.ofSeconds(30);

  int WRITERS = 4;

  @Test
  default void concurrentAppendersKeepEachThreadsOrder() {
    RecordLogUnderTest log = fixture().log();
    int perWriter = 400;
    ConcurrentHashMap<Long, String> acknowledged = new ConcurrentHashMap<>();
    List<Background> writers =
        IntStream.range(0, WRITERS)
            .mapToObj(
                writer ->
                    Background.start(
                        "writer " + writer,
                        () -> appendNumbered(log, writer, perWriter, acknowledged)))
            .toList();
    writers.forEach(Background::join);
    assertEquals(WRITERS * perWriter, acknowledged.size(), "positions are handed out once");
    assertEachWritersOrder(log, perWriter, acknowledged);
    fixture().reopen();
    assertEachWritersOrder(fixture().log(), perWriter, acknowledged);
  }

  private static void appendNumbered(
      RecordLogUnderTest log, int writer, int count, ConcurrentHashMap<Long, String> acknowledged) {
    for (int i = 0; i < count; i++) {
      long position = log.append(numbered(writer, i));
      acknowledged.put(position, writer + "/" + i);
    }
  }

  private static byte[] numbered(int writer, int i) {
    byte[] payload = Payloads.bytes(writer, i, 8 + Payloads.number(writer, i, 120));
    ByteBuffer.wrap(payload).putInt(writer).putInt(i);
    return payload;
  }

  private static void assertEachWritersOrder(
      RecordLogUnderTest log, int perWriter, ConcurrentHashMap<Long, String> acknowledged) {
    int[] next = new int[WRITERS];
    try (RecordCursor cursor = log.forward()) {
      while (cursor.next()) {
        byte[] payload = cursor.payload();
        int writer = ByteBuffer.wrap(payload).getInt();
        assertEquals(writer + "/" + next[writer], acknowledged.get(cursor.position()));
        assertArrayEquals(numbered(writer, next[writer]), payload);
        next[writer]++;
      }
    }
    for (int count : next) {
      assertEquals(perWriter, count);
    }
  }

  @Test
  default void aFollowingThreadSeesEveryRecordExactlyOnce() {
    RecordLogUnderTest log = fixture().log();
    int count = 1500;
    List<Background> followers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      followers.add(Background.start("follower " + i, () -> follow(log, count)));
    }
    for (int i = 0; i < count; i++) {
      log.append(Payloads.bytes(3, i, followedLength(i)));
    }
    followers.forEach(Background::join);
  }

  private int followedLength(int i) {
    int rare = Math.min(3 * fixture().traits().blockSize(), fixture().traits().largestRecord());
    return i % 50 == 49 ? rare : i % 61;
  }

  private void follow(RecordLogUnderTest log, int count) throws InterruptedException {
    try (RecordCursor cursor = log.forward()) {
      int seen = 0;
      while (true) {
        long end = log.end();
        for (; cursor.next(); seen++) {
          assertArrayEquals(Payloads.bytes(3, seen, followedLength(seen)), cursor.payload());
        }
        if (seen == count) {
          return;
        }
        assertTrue(log.awaitEnd(end, PATIENCE) > end, "waited in vain for record " + seen);
      }
    }
  }

  @Test
  default void recordsAreReadWhileOthersAreAppended() {
    RecordLogUnderTest log = fixture().log();
    List<AppendedRecord> records = fixture().fill(200);
    AtomicInteger running = new AtomicInteger(2);
    List<Background> readers = new ArrayList<>();
    for (int reader = 0; reader < 2; reader++) {
      int seed = reader;
      readers.add(
          Background.start(
              "reader " + reader,
              () -> {
                for (int i = 0; i < 3000; i++) {
                  AppendedRecord record = records.get(Payloads.number(seed, i, records.size()));
                  assertArrayEquals(record.payload(), log.read(record.position()));
                }
                running.decrementAndGet();
              }));
    }
    while (running.get() > 0 && readers.stream().noneMatch(Background::failed)) {
      fixture().append(60);
    }
    readers.forEach(Background::join);
  }

  @Test
  default void awaitEndReturnsAtOnceWhenTheEndIsBehindThePosition() throws InterruptedException {
    RecordLogUnderTest log = fixture().log();
    long position = fixture().append(5).position();
    assertEquals(log.end(), log.awaitEnd(position, PATIENCE));
  }

  @Test
  default void awaitEndReturnsTheUnmovedEndWhenTimeIsOver() throws InterruptedException {
    RecordLogUnderTest log = fixture().log();
    assertEquals(log.end(), log.awaitEnd(log.end(), Duration.ZERO));
    fixture().fill(3);
    assertEquals(log.end(), log.awaitEnd(log.end(), Duration.ofMillis(2)));
  }

  @Test
  default void awaitEndWakesUpForAnAppend() throws InterruptedException {
    RecordLogUnderTest log = fixture().log();
    for (int round = 0; round < 20; round++) {
      long end = log.end();
      byte[] payload = fixture().nextPayload(9);
      Background appender = Background.start("appender", () -> log.append(payload));
      assertTrue(log.awaitEnd(end, PATIENCE) > end);
      appender.join();
    }
  }

  @Test
  default void appendersAndSyncersDoNotDisturbOneAnother() {
    RecordLogUnderTest log = fixture().log();
    List<Background> threads = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      int seed = writer;
      threads.add(
          Background.start(
              "syncing writer " + writer,
              () -> {
                for (int i = 0; i < 60; i++) {
                  long position = log.append(Payloads.bytes(seed, i, i));
                  assertTrue(log.sync() > position, "sync covers what was appended before it");
                }
              }));
    }
    threads.forEach(Background::join);
    assertEquals(log.end(), log.sync());
  }
}
