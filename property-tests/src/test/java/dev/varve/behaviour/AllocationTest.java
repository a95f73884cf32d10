package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Batch;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.RecordReader;
import dev.varve.segment.SegmentLog;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Appending and scanning allocate nothing per record. Rolls may, so the bound is a fraction of the
 * smallest object per record.
 */
final class AllocationTest {
  private static final int RECORDS = 100_000;
  private static final int SMALLEST_OBJECT_BYTES = 16;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  /** Runs twice, first until the classes are loaded and compiled, and counts the second time. */
  private static void assertAllocatesNothingPerRecord(int records, Runnable pass) {
    pass.run();
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
    pass.run();
    long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    long bound = (long) records * SMALLEST_OBJECT_BYTES / 4;
    assertTrue(allocated < bound, () -> allocated + " bytes for " + records + " records");
  }

  private SegmentLog open(String check, String durability) {
    return SegmentLog.open(
        folder,
        LogOptions.defaults()
            .withCheck(CheckKind.valueOf(check))
            .withDurability(durability.equals("NONE") ? Durability.NONE : Durability.SYNC));
  }

  @ParameterizedTest
  @CsvSource({"CRC32C,NONE", "CRC32C,SYNC", "MD5,NONE", "MD5,SYNC"})
  void appendAllocatesNothing(String check, String durability) {
    byte[] payload = new byte[100];
    try (SegmentLog log = open(check, durability);
        Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, payload);
      assertAllocatesNothingPerRecord(RECORDS, () -> repeat(() -> log.append(payload)));
      assertAllocatesNothingPerRecord(RECORDS, () -> repeat(() -> log.append(payload, 10, 80)));
      assertAllocatesNothingPerRecord(RECORDS, () -> repeat(() -> log.append(memory, 20, 70)));
    }
  }

  private static void repeat(Runnable append) {
    for (int i = 0; i < RECORDS; i++) {
      append.run();
    }
  }

  @Test
  void aBatchThatIsUsedAgainAllocatesNothing() {
    byte[] payload = new byte[100];
    try (SegmentLog log = open("CRC32C", "NONE")) {
      Batch batch = new Batch();
      assertAllocatesNothingPerRecord(
          RECORDS,
          () -> {
            for (int i = 0; i < RECORDS / 100; i++) {
              batch.clear();
              for (int record = 0; record < 100; record++) {
                batch.add(payload);
              }
              log.append(batch);
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"CRC32C", "MD5"})
  void scanningAllocatesNothing(String check) {
    byte[] payload = new byte[100];
    try (SegmentLog log = open(check, "NONE")) {
      repeat(() -> log.append(payload));
      assertAllocatesNothingPerRecord(RECORDS, () -> assertEquals(RECORDS, count(log.forward())));
      assertAllocatesNothingPerRecord(RECORDS, () -> assertEquals(RECORDS, count(log.backward())));
    }
  }

  private static int count(Cursor start) {
    int count = 0;
    try (start) {
      for (; start.next(); count++) {
        byte last = start.memory().get(ValueLayout.JAVA_BYTE, start.payloadOffset() + 99);
        assertTrue(last == 0 && start.length() == 100);
      }
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"CRC32C", "MD5"})
  void readingByPositionAllocatesNothing(String check) {
    byte[] payload = new byte[100];
    long[] positions = new long[RECORDS];
    try (SegmentLog log = open(check, "NONE")) {
      for (int i = 0; i < RECORDS; i++) {
        positions[i] = log.append(payload);
      }
      RecordReader reader = log.reader();
      assertAllocatesNothingPerRecord(
          RECORDS,
          () -> {
            for (int i = 0; i < RECORDS; i++) {
              reader.read(positions[(int) (i * 7919L % RECORDS)]);
            }
          });
    }
  }
}
