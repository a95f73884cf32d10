package dev.varve.bench.systems;

import dev.varve.io.MappingKind;
import dev.varve.segment.Batch;
import dev.varve.segment.Cursor;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.RecordReader;
import dev.varve.segment.RecordView;
import dev.varve.segment.SegmentLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A segment log at work. */
final class VarveSession implements LogSession {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SegmentLog log;
  private final boolean durable;
  private final long retainedRecords;
  private final long dropStepBytes;
  private final ArrayDeque<DropPoint> dropPoints = new ArrayDeque<>();
  private long nextDropPoint;
  private long appended;
  private @Nullable RecordReader reader;

  private VarveSession(SegmentLog log, Workload workload) {
    this.log = log;
    this.durable = workload.durable();
    this.dropStepBytes = log.options().segmentSize();
    this.retainedRecords = workload.retainedRecords();
  }

  /** Where the log may be cut once so many records more were appended as have to be kept. */
  private record DropPoint(long position, long recordsBefore) {}

  static VarveSession open(Path folder, Workload workload, MappingKind mapping) {
    LogOptions options =
        LogOptions.defaults()
            .withDurability(workload.durable() ? Durability.SYNC : Durability.NONE)
            .withMapping(mapping);
    return new VarveSession(SegmentLog.open(folder, options), workload);
  }

  @Override
  public void append(Payloads payloads, int count) {
    if (durable && count > 1) {
      appendBatch(payloads, count);
      return;
    }
    long position = 0;
    for (int i = 0; i < count; i++) {
      position = log.append(payloads.next());
      payloads.placed(position);
    }
    appended += count;
    if (position >= nextDropPoint && retainedRecords != Long.MAX_VALUE) {
      drop(position);
    }
  }

  private void appendBatch(Payloads payloads, int count) {
    Batch batch = new Batch();
    for (int i = 0; i < count; i++) {
      batch.add(payloads.next(i));
    }
    log.append(batch);
  }

  /** Once in a segment's length; the log gives segments back in the background. */
  private void drop(long position) {
    nextDropPoint = position + dropStepBytes;
    dropPoints.add(new DropPoint(position, appended - 1));
    while (appended - dropPoints.getFirst().recordsBefore() > retainedRecords) {
      log.dropBefore(dropPoints.removeFirst().position());
    }
  }

  @Override
  public void scan(Direction direction, long limit, Answer answer) {
    try (Cursor cursor = direction == Direction.FORWARD ? log.forward() : log.backward()) {
      for (long left = limit; left > 0 && cursor.next(); left--) {
        take(cursor, answer);
      }
    }
  }

  @Override
  public void read(long position, Answer answer) {
    RecordReader present = reader;
    if (present == null) {
      present = log.reader();
      reader = present;
    }
    present.read(position);
    take(present, answer);
  }

  private static void take(RecordView view, Answer answer) {
    MemorySegment memory = view.memory();
    long offset = view.payloadOffset();
    int length = view.length();
    long seal = memory.get(LONG, offset + length - Long.BYTES);
    if (answer.record(memory.get(LONG, offset), seal, length)) {
      answer.content(view.toByteArray());
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
