package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Payloads;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.SegmentDriver;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/** Events in a segment log, through the driver or without it; confined to one thread. */
abstract sealed class SegmentStream {
  /** Content of every event. */
  static final int CONTENT_BYTES = 104;

  private static final int KEY = 1;
  private static final int BUFFER_BYTES = 64 << 10;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final Payloads payloads = new Payloads(CONTENT_BYTES);

  private SegmentStream() {}

  /** Appends the next event; throws when that was refused. */
  abstract void append();

  /** Reads all events. */
  abstract void read(Answer answer);

  abstract void close();

  /** How many events were appended. */
  final long appended() {
    return payloads.nextSequence();
  }

  private static LogOptions options(Durability durability) {
    return LogOptions.defaults().withDurability(durability);
  }

  private static boolean take(MemorySegment memory, long offset, int bytes, Answer answer) {
    long seal = memory.get(LONG, offset + bytes - Long.BYTES);
    return answer.record(memory.get(LONG, offset), seal, bytes);
  }

  /** The driver. */
  static final class Driver extends SegmentStream {
    private final SegmentDriver driver;
    private final EventBatch batch = new EventBatch();
    private final EventBuffer buffer = new EventBuffer(BUFFER_BYTES);
    private long end;

    Driver(Path folder, Durability durability) {
      driver = SegmentDriver.open(folder, options(durability));
    }

    @Override
    void append() {
      end = Chains.end(driver.append(end, batch.clear().add(KEY, payloads.next())));
    }

    @Override
    void read(Answer answer) {
      long position = driver.read(0, buffer);
      while (buffer.count() > 0) {
        MemorySegment memory = buffer.memory();
        for (int i = 0; i < buffer.count(); i++) {
          if (take(memory, buffer.contentOffset(i), buffer.contentBytes(i), answer)) {
            answer.content(buffer.content(i));
          }
        }
        position = driver.read(position, buffer);
      }
    }

    @Override
    void close() {
      driver.close();
    }
  }

  /** The log with the driver's records. */
  static final class Bare extends SegmentStream {
    private final SegmentLog log;
    private final byte[] record = new byte[Integer.BYTES + CONTENT_BYTES];

    Bare(Path folder, Durability durability) {
      log = SegmentLog.open(folder, options(durability));
      FrameCodec.INT.set(record, 0, KEY);
    }

    @Override
    void append() {
      System.arraycopy(payloads.next(), 0, record, Integer.BYTES, CONTENT_BYTES);
      long ignored = log.append(record);
    }

    @Override
    void read(Answer answer) {
      try (Cursor cursor = log.forward()) {
        while (cursor.next()) {
          long content = cursor.payloadOffset() + Integer.BYTES;
          if (take(cursor.memory(), content, cursor.length() - Integer.BYTES, answer)) {
            byte[] whole = cursor.toByteArray();
            answer.content(Arrays.copyOfRange(whole, Integer.BYTES, whole.length));
          }
        }
      }
    }

    @Override
    void close() {
      log.close();
    }
  }
}
