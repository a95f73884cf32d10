package dev.varve.bench.systems;

import java.io.IOException;

/**
 * An open log. All methods are called by one thread, except that with {@link Workload#threads()}
 * above one, {@link #append} is called by so many at once, each with its own payloads.
 */
public interface LogSession extends AutoCloseable {
  /** Which way to scan. */
  enum Direction {
    /** From the oldest record that is kept. */
    FORWARD,
    /** From the newest record. */
    BACKWARD
  }

  /**
   * Appends the next {@code count} payloads. On return another thread can read all of them, and
   * when the workload is durable they survive a loss of power.
   */
  void append(Payloads payloads, int count) throws IOException;

  /** Hands records to the answer until the end of the log, or until {@code limit} are read. */
  void scan(Direction direction, long limit, Answer answer) throws IOException;

  /**
   * Hands over the one record at a position that was reported to {@link Payloads#placed}. Only
   * systems that fit {@link Task#READ} have this.
   */
  default void read(long position, Answer answer) throws IOException {
    throw new UnsupportedOperationException("no random read");
  }

  /** Releases everything. The folder can be opened again afterwards. */
  @Override
  void close() throws IOException;
}
