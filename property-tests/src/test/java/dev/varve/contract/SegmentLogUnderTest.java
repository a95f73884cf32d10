package dev.varve.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.RecordCursor;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.segment.Batch;
import dev.varve.segment.Cursor;
import dev.varve.segment.RecordReader;
import dev.varve.segment.SegmentLog;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Our segment log behind the kit's port. The log has several ways to say the same thing, payloads
 * from heap or native memory, reads that copy or not: this takes them in turn.
 */
public final class SegmentLogUnderTest implements RecordLogUnderTest {
  private final SegmentLog log;
  private final AtomicInteger turn = new AtomicInteger();

  /** The log as the kit sees it. */
  public SegmentLogUnderTest(SegmentLog log) {
    this.log = log;
  }

  @Override
  public long append(byte[] payload) {
    byte[] framed = new byte[payload.length + 5];
    System.arraycopy(payload, 0, framed, 2, payload.length);
    return switch (turn.getAndIncrement() & 3) {
      case 0 -> log.append(payload);
      case 1 -> log.append(framed, 2, payload.length);
      case 2 -> log.append(MemorySegment.ofArray(framed), 2, payload.length);
      default -> {
        try (Arena arena = Arena.ofConfined()) {
          yield log.append(arena.allocateFrom(ValueLayout.JAVA_BYTE, payload));
        }
      }
    };
  }

  @Override
  public long appendBatch(List<byte[]> payloads) {
    Batch batch = new Batch();
    try (Arena arena = Arena.ofShared()) {
      for (byte[] payload : payloads) {
        switch (turn.getAndIncrement() & 3) {
          case 0 -> batch.add(payload);
          case 1 -> batch.add(payload.clone(), 0, payload.length);
          case 2 -> batch.add(arena.allocateFrom(ValueLayout.JAVA_BYTE, payload));
          default -> batch.add(MemorySegment.ofArray(payload), 0, payload.length);
        }
      }
      assertEquals(payloads.size(), batch.count());
      return log.append(batch);
    }
  }

  @Override
  public RecordCursor forward() {
    return new SegmentCursor(log.forward());
  }

  @Override
  public RecordCursor forward(long from) {
    return new SegmentCursor(log.forward(from));
  }

  @Override
  public RecordCursor backward() {
    return new SegmentCursor(log.backward());
  }

  @Override
  public RecordCursor backward(long from) {
    return new SegmentCursor(log.backward(from));
  }

  @Override
  public byte[] read(long position) {
    if ((turn.getAndIncrement() & 1) == 0) {
      return log.read(position);
    }
    RecordReader reader = log.reader();
    reader.read(position);
    assertEquals(position, reader.position());
    byte[] payload = reader.toByteArray();
    assertEquals(payload.length, reader.length());
    assertArrayEquals(payload, bytes(reader.payload()));
    assertArrayEquals(
        payload, bytes(reader.memory().asSlice(reader.payloadOffset(), reader.length())));
    return payload;
  }

  private static byte[] bytes(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public long head() {
    return log.head();
  }

  @Override
  public long tail() {
    return log.tail();
  }

  @Override
  public long end() {
    return log.end();
  }

  @Override
  public long awaitEnd(long position, Duration timeout) throws InterruptedException {
    return log.awaitEnd(position, timeout);
  }

  @Override
  public long sync() {
    long durable = log.sync();
    assertTrue(log.durableEnd() >= durable, "durableEnd() is at least what sync() answered");
    return durable;
  }

  @Override
  public void dropBefore(long position) {
    log.dropBefore(position);
  }

  @Override
  public void close() {
    log.close();
  }

  /** Every view of the current record shows the same bytes. */
  private record SegmentCursor(Cursor cursor) implements RecordCursor {
    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public long position() {
      return cursor.position();
    }

    @Override
    public byte[] payload() {
      byte[] payload = cursor.toByteArray();
      assertEquals(payload.length, cursor.length());
      assertArrayEquals(payload, bytes(cursor.payload()));
      assertArrayEquals(
          payload, bytes(cursor.memory().asSlice(cursor.payloadOffset(), cursor.length())));
      byte[] copy = new byte[payload.length + 3];
      cursor.copyTo(MemorySegment.ofArray(copy), 3);
      assertArrayEquals(payload, Arrays.copyOfRange(copy, 3, copy.length));
      return payload;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
