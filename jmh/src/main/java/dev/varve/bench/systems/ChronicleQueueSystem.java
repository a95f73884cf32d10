package dev.varve.bench.systems;

import java.nio.file.Path;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queue as its documentation advises: one appender per thread, raw bytes written through
 * a document context, the default roll cycle. It rolls by time only (FAST_DAILY: at midnight UTC),
 * so nothing rolls in mid-run and nothing can be dropped within a run either; its rows keep
 * everything. Its durable mode is {@code syncMode(SYNC)} and {@code sync()} on the appender, which
 * is an msync of what was written. It has no checksums.
 */
public final class ChronicleQueueSystem implements LogSystem {
  private static final String NO_CHECK = "verifies nothing when it reads";

  @Override
  public String name() {
    return "chronicle-queue";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public Fit fit(Workload workload) {
    return switch (workload.task()) {
      case APPEND ->
          workload.dropsOldest() ? Fit.yes("keeps everything: files roll by time only") : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ -> Fit.yes(NO_CHECK);
      case REOPEN -> Fit.yes();
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    return new Session(
        SingleChronicleQueueBuilder.single(folder.toFile())
            .rollCycle(RollCycles.FAST_DAILY)
            .syncMode(workload.durable() ? SyncMode.SYNC : SyncMode.NONE)
            .build(),
        workload);
  }

  private static final class Session implements LogSession {
    private final ChronicleQueue queue;
    private final boolean durable;
    private final byte[] content;
    private final ThreadLocal<ExcerptAppender> appenders;
    private final ThreadLocal<ExcerptTailer> tailers;

    Session(ChronicleQueue queue, Workload workload) {
      this.queue = queue;
      this.durable = workload.durable();
      this.content = new byte[workload.payloadBytes()];
      this.appenders = ThreadLocal.withInitial(queue::createAppender);
      this.tailers = ThreadLocal.withInitial(queue::createTailer);
    }

    @Override
    public void append(Payloads payloads, int count) {
      ExcerptAppender appender = appenders.get();
      for (int i = 0; i < count; i++) {
        long index;
        try (DocumentContext document = appender.writingDocument()) {
          Objects.requireNonNull(document.wire()).bytes().write(payloads.next());
          index = document.index();
        }
        payloads.placed(index);
      }
      if (durable) {
        appender.sync();
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      try (ExcerptTailer tailer = queue.createTailer()) {
        if (direction == Direction.BACKWARD) {
          tailer.direction(TailerDirection.BACKWARD).toEnd();
        }
        for (long left = limit; left > 0 && take(tailer, answer); left--) {}
      }
    }

    @Override
    public void read(long position, Answer answer) {
      ExcerptTailer tailer = tailers.get();
      if (!tailer.moveToIndex(position) || !take(tailer, answer)) {
        throw new IllegalStateException("wrong answer: nothing at index " + position);
      }
    }

    private boolean take(ExcerptTailer tailer, Answer answer) {
      try (DocumentContext document = tailer.readingDocument()) {
        if (!document.isPresent()) {
          return false;
        }
        Bytes<?> bytes = Objects.requireNonNull(document.wire()).bytes();
        long start = bytes.readPosition();
        int length = (int) bytes.readRemaining();
        long seal = bytes.readLong(start + length - Long.BYTES);
        if (answer.record(bytes.readLong(start), seal, length)) {
          bytes.read(content);
          answer.content(content);
        }
        return true;
      }
    }

    @Override
    public void close() {
      queue.close();
    }
  }
}
