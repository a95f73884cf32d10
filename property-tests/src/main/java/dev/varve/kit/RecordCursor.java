package dev.varve.kit;

/** One thread's walk over the records of a {@link RecordLogUnderTest}, before its first record. */
public interface RecordCursor extends AutoCloseable {

  /** Moves to the next record in the cursor's direction; false when there is none (yet). */
  boolean next();

  /** The current record's position. */
  long position();

  /** The current record's payload, in an array of its own. */
  byte[] payload();

  @Override
  void close();
}
