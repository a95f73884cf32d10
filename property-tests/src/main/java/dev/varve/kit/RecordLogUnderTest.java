package dev.varve.kit;

import java.time.Duration;
import java.util.List;

/**
 * A record log as the kit sees it: opaque byte records at strictly increasing positions.
 *
 * <p>Everything but the cursors is called from several threads at once. After {@link #close} every
 * method except {@code close} throws {@link IllegalStateException}.
 */
public interface RecordLogUnderTest extends AutoCloseable {

  /** Appends one record and returns its position. The log keeps no reference to the array. */
  long append(byte[] payload);

  /**
   * Appends the records as one unit, all or nothing, and returns the position of the first. The
   * records follow one another without another append in between.
   */
  long appendBatch(List<byte[]> payloads);

  /** A cursor over all records, oldest first; it follows the log when asked again at the end. */
  RecordCursor forward();

  /**
   * A cursor that starts with the record at {@code from}, oldest first.
   *
   * @param from a record's position, the end, or what once was the end
   */
  RecordCursor forward(long from);

  /** A cursor over all records, newest first. */
  RecordCursor backward();

  /**
   * A cursor that starts with the record at {@code from}, newest first.
   *
   * @param from a record's position, or the end, which stands for the newest record
   */
  RecordCursor backward(long from);

  /** The payload of the record at {@code position}, in an array of its own. */
  byte[] read(long position);

  /** The newest record's position, -1 when there is none. */
  long head();

  /** The oldest record's position; the end when there is none. */
  long tail();

  /** The address behind the newest record: greater than every position handed out. */
  long end();

  /** Waits until the end is greater than {@code position} or the time is over; returns the end. */
  long awaitEnd(long position, Duration timeout) throws InterruptedException;

  /** Makes everything appended before the call durable; returns the end of what is durable. */
  long sync();

  /**
   * Gives up the records before {@code position}, which is a record's position or the end. A batch
   * is given up whole or not at all, so the new tail may be an earlier record of the same batch.
   */
  void dropBefore(long position);

  /** Closes the log; closing twice is harmless. */
  @Override
  void close();
}
