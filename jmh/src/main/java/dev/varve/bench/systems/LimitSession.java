package dev.varve.bench.systems;

import java.util.function.LongConsumer;

/** A session over {@link LimitLog}: one thread, or several that take turns when durable. */
final class LimitSession implements LogSession {
  private final LimitSegments segments;
  private final LimitLog log;
  private final LimitReader reader;
  private final LongConsumer awaitDurable;
  private final boolean shared;

  LimitSession(LimitSegments segments, Workload workload, LimitReader.Check check) {
    this(segments, workload, check, position -> {});
  }

  LimitSession(
      LimitSegments segments,
      Workload workload,
      LimitReader.Check check,
      LongConsumer awaitDurable) {
    this.segments = segments;
    this.log = new LimitLog(segments, check == LimitReader.Check.PAYLOAD);
    this.reader = new LimitReader(segments, check, workload.payloadBytes());
    this.awaitDurable = awaitDurable;
    this.shared = workload.threads() > 1;
  }

  @Override
  public void append(Payloads payloads, int count) {
    long end;
    if (shared) {
      synchronized (this) {
        end = appendAll(payloads, count);
      }
    } else {
      end = appendAll(payloads, count);
    }
    awaitDurable.accept(end);
  }

  private long appendAll(Payloads payloads, int count) {
    for (int i = 0; i < count; i++) {
      payloads.placed(log.append(payloads.next()));
    }
    return log.end();
  }

  @Override
  public void scan(Direction direction, long limit, Answer answer) {
    if (direction == Direction.FORWARD) {
      reader.forward(log.oldest(), log.end(), limit, answer);
    } else {
      reader.backward(log.oldest(), log.end(), limit, answer);
    }
  }

  @Override
  public void read(long position, Answer answer) {
    reader.at(position, answer);
  }

  @Override
  public void close() {
    segments.close();
  }
}
