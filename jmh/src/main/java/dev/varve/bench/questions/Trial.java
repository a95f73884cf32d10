package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.LogSession.Direction;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Systems;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A system at work in a scratch folder. */
final class Trial {
  private static final int LOAD_BATCH = 1000;
  private static final long CHECKED_RECORDS = 16_000_000;
  private static final long SETTLING_NANOS = 3_000_000_000L;

  private final Path folder;
  private final Workload workload;
  private final LogSession session;
  private final Payloads payloads;
  private final double writtenBefore;

  private Trial(Path folder, Workload workload, LogSession session, double writtenBefore) {
    this.writtenBefore = writtenBefore;
    this.folder = folder;
    this.workload = workload;
    this.session = session;
    this.payloads = new Payloads(workload.payloadBytes());
  }

  /** Opens the named system in an empty folder. */
  static Trial open(String system, Workload workload) {
    Path folder = Scratch.create(workload.durable());
    try {
      double written = Footprint.written(folder);
      LogSession session = Systems.named(system).open(folder, workload);
      return new Trial(folder, workload, session, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The open log. */
  LogSession session() {
    return session;
  }

  /** What the one appending thread appends. */
  Payloads payloads() {
    return payloads;
  }

  /** Appends so many records. */
  void load(int records) throws IOException {
    for (int left = records; left > 0; left -= LOAD_BATCH) {
      session.append(payloads, Math.min(left, LOAD_BATCH));
    }
  }

  /**
   * Appends half as much again as is kept. Then whoever drops the oldest does so, and has made the
   * files that it uses again from there on: before, an append costs more. Who takes longer than
   * {@link #SETTLING_NANOS} writes each record by itself and reuses nothing.
   */
  void settle() throws IOException {
    long records = workload.requiredRecords() + workload.requiredRecords() / 2;
    long begin = System.nanoTime();
    while (payloads.nextSequence() < records && System.nanoTime() - begin < SETTLING_NANOS) {
      session.append(payloads, workload.recordsPerAppend());
    }
  }

  /** Throws unless the log holds what was appended, or the newest of it; then cleans up. */
  void finish() throws IOException {
    Answer answer = Answer.ascending(workload.payloadBytes());
    long appended = payloads.nextSequence();
    session.scan(Direction.FORWARD, CHECKED_RECORDS, answer);
    if (workload.retainedBytes() == 0) {
      answer.requireCount(Math.min(appended, CHECKED_RECORDS));
    } else {
      answer.requireAtLeast(Math.min(appended, workload.requiredRecords()));
      if (answer.count() < CHECKED_RECORDS && answer.nextSequence() != appended) {
        throw new IllegalStateException(
            "wrong answer: the newest record is %d of %d"
                .formatted(answer.nextSequence() - 1, appended));
      }
    }
    close(appended);
  }

  /** Cleans up without a check, after so many records were appended in all. */
  void close(long appended) throws IOException {
    session.close();
    double payload = (double) appended * workload.payloadBytes();
    new Footprint(
            payload,
            Math.min(payload, (double) workload.retainedRecords() * workload.payloadBytes()),
            Footprint.onDisk(folder),
            Footprint.written(folder) - writtenBefore)
        .leave();
    Scratch.remove(folder);
  }
}
