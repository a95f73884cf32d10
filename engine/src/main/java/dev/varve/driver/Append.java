package dev.varve.driver;

import dev.varve.StorageException;

/** What became of a conditional append. */
public sealed interface Append {
  /**
   * The events are in the stream, once, and durable at the driver's level.
   *
   * @param position where the first of them is; equal to {@code end} for an empty batch
   * @param end the position behind the last of them: what to expect for the next append
   */
  record Appended(long position, long end) implements Append {}

  /**
   * Someone else wrote first: nothing of the batch was applied, nor ever will be.
   *
   * @param end the current end, from which to read what was missed
   */
  record Outdated(long end) implements Append {}

  /**
   * The events may be in the stream or come to be, wholly or not at all. It is settled once the
   * stream's end has passed the expected position: then they are there or never will be.
   *
   * @param cause why nothing more is known
   */
  record Unknown(StorageException cause) implements Append {}
}
