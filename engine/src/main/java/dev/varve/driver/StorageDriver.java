package dev.varve.driver;

import dev.varve.StorageException;
import java.time.Duration;

/**
 * One stream of events on some medium. Events are only ever added at the end, and only by a writer
 * who has seen that end: if someone else wrote since, the append is refused.
 *
 * <p>Positions grow strictly along the stream and mean nothing else; 0 is its start. A driver hands
 * out only positions of events that are durable at its own level, so none is ever used twice, and
 * the positions that it hands out as ends never go back.
 *
 * <p>Safe from any thread, virtual ones included; all methods may block. After {@link #close()}
 * each throws {@link IllegalStateException}.
 */
public interface StorageDriver extends AutoCloseable {
  /**
   * The end of the stream as the medium knows it now: the position of the next event.
   *
   * @throws StorageException.Unavailable when the medium does not answer in time
   */
  long end();

  /**
   * Appends a batch, wholly or not at all, if the stream ends at {@code expectedPosition}.
   *
   * <p>A position that is known to be stale is refused without asking the medium; one ahead of what
   * is known has the driver ask. An empty batch writes nothing, asks, and is accepted when the
   * stream ends there.
   *
   * @throws IllegalArgumentException for a negative position, or a batch above {@link
   *     EventBatch#MAX_BYTES}
   * @throws StorageException when the append failed and nothing was applied
   */
  Append append(long expectedPosition, EventBatch events);

  /**
   * Reads whole events from a position on: as many as the buffer holds of those that the driver
   * knows of. Where it knows of none it asks the medium, so a read that shows nothing has seen the
   * end. The buffer's former events are forgotten.
   *
   * @param position 0, an event's position, or an end that was handed out
   * @return where to go on; {@code position} with an empty buffer at the end of the stream
   * @throws BufferTooSmallException when not even the next event fits; it says what would
   * @throws IllegalArgumentException for a negative position, or one that is no event's position as
   *     far as the medium can tell
   * @throws StorageException.Corrupt where damage is met
   */
  long read(long position, EventBuffer buffer);

  /** Key of the newest event, 1 to 4,294,967,295; 0 while there is none. */
  long lastKey();

  /**
   * A position from which on no event with a key of at least {@code key} is missed: at or before
   * the first such event that is not before {@code from}. It may be less precise than possible,
   * never late. Keys should ascend but need not.
   *
   * @param key 0 to 4,294,967,295
   * @param from where to look from, as for {@link #read}
   * @return {@code from} or a later position, at most the end
   */
  long seek(long key, long from);

  /**
   * Waits until the stream's end lies behind {@code position}.
   *
   * @return false when the time was over first
   * @throws InterruptedException when interrupted
   */
  boolean awaitEnd(long position, Duration timeout) throws InterruptedException;

  /** Gives everything back. Appends that are under way end with their outcome first. */
  @Override
  void close();
}
