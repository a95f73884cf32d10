package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.StorageException;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Batch;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.ChildJvm;
import dev.varve.support.TestLogs;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reader in another process follows a log while it grows, rolls and forgets (P2, P9). */
public final class OtherProcessReaderTest {
  private static final int RECORDS = 3000;
  private static final int BATCH = 5;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private static byte[] payload(long number) {
    byte[] payload = Payloads.bytes(7, number, 8 + Payloads.number(7, number, 90));
    if (number % 97 == 0) {
      payload = Arrays.copyOf(payload, 1500);
    }
    ByteBuffer.wrap(payload).putLong(number);
    return payload;
  }

  private static void append(SegmentLog log, int from, int to) {
    for (int number = from; number < to; ) {
      if (number % 30 == 0) {
        Batch batch = new Batch();
        for (int i = 0; i < BATCH; i++) {
          batch.add(payload(number++));
        }
        log.append(batch);
      } else {
        log.append(payload(number++));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE,MAPPED", "SYNC,POSITIONAL", "NONE,POSITIONAL", "SYNC,MAPPED"})
  void aFollowerInAnotherProcessSeesEveryRecordExactlyOnce(String durability, WritePath path) {
    Durability level = durability.equals("NONE") ? Durability.NONE : Durability.SYNC;
    try (SegmentLog log =
        SegmentLog.open(folder, TestLogs.tiny().withDurability(level).withWritePath(path))) {
      append(log, 0, RECORDS / 3);
      try (ChildJvm child = ChildJvm.start(Follower.class, folder.toString(), "" + RECORDS)) {
        assertEquals("following", child.line());
        append(log, RECORDS / 3, RECORDS);
        assertEquals("seen " + RECORDS, child.line());
      }
    }
  }

  /** Segments that a reader of another process may still map are not written again. */
  @Test
  void aReaderThatIsOvertakenIsToldSoAndNeverSeesOtherBytes() {
    try (SegmentLog log =
        SegmentLog.open(folder, TestLogs.tiny().withDurability(Durability.NONE))) {
      append(log, 0, RECORDS / 3);
      try (ChildJvm child = ChildJvm.start(Overtaken.class, folder.toString())) {
        assertEquals("following", child.line());
        for (int round = 1; round <= 20; round++) {
          append(log, RECORDS / 3 + round * 150 - 150, RECORDS / 3 + round * 150);
          log.dropBefore(log.head());
        }
        log.append(payload(-1));
        assertEquals("at the end", child.line());
      }
    }
  }

  /** Follows from the tail and checks each record. */
  public static final class Follower {
    private Follower() {}

    /** Arguments: the folder, and how many records there will be. */
    public static void main(String[] arguments) throws InterruptedException {
      long records = Long.parseLong(arguments[1]);
      try (SegmentLog log = SegmentLog.openReadOnly(Path.of(arguments[0]));
          Cursor cursor = log.forward()) {
        System.out.println("following");
        for (long seen = 0; seen < records; ) {
          long end = log.end();
          for (; cursor.next(); seen++) {
            check(seen, cursor);
          }
          if (seen < records) {
            log.awaitEnd(end, Duration.ofMillis(50));
          }
        }
        System.out.println("seen " + records + (cursor.next() ? " and more" : ""));
      }
    }
  }

  private static void check(long number, Cursor cursor) {
    if (!Arrays.equals(payload(number), cursor.toByteArray())) {
      throw new IllegalStateException(
          "another record than " + number + " is at " + cursor.position());
    }
  }

  /** Follows a log that forgets, starting again at its tail when it was overtaken. */
  public static final class Overtaken {
    private Overtaken() {}

    /** Argument: the folder. */
    public static void main(String[] arguments) throws InterruptedException {
      try (SegmentLog log = SegmentLog.openReadOnly(Path.of(arguments[0]))) {
        System.out.println("following");
        long last = -1;
        boolean ended = false;
        while (!ended) {
          long end = log.end();
          try (Cursor cursor = log.forward()) {
            while (!ended && cursor.next()) {
              long number = ByteBuffer.wrap(cursor.toByteArray()).getLong();
              check(number, cursor);
              ended = number == -1;
              last = cursor.position();
            }
          } catch (StorageException.Dropped overtaken) {
            continue;
          }
          if (!ended) {
            log.awaitEnd(Math.max(end, last), Duration.ofMillis(5));
          }
        }
        System.out.println("at the end");
      }
    }
  }
}
