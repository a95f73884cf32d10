package dev.varve.io;

import java.lang.foreign.MemorySegment;

/**
 * An open file. Failures are {@link dev.varve.StorageException.Full} and {@link
 * dev.varve.StorageException.Unavailable}; a failed {@link #sync()} must never be retried.
 */
public interface StoredFile extends AutoCloseable {
  /** Its name in the folder at the time of opening. */
  String name();

  /** Its size in bytes. */
  long size();

  /** Grows it to {@code size} bytes with all its blocks reserved; new bytes read as zero. */
  void allocate(long size);

  /** Writes zeros over a range. */
  void zeroFill(long offset, long length);

  /** Reads at most {@code target.byteSize()} bytes; fewer at the end of the file, 0 behind it. */
  int read(long offset, MemorySegment target);

  /** Writes a non-empty prefix of {@code source} and returns its length. */
  int write(long offset, MemorySegment source);

  /** Makes content and size durable. */
  void sync();

  /**
   * Has the system forget what memory holds of the file, as far as that is durable and not mapped.
   * What was written in large pieces is kept in large ones, and each small write into such a piece
   * has all of it looked through when it is synced. A hint; does nothing where the system has none.
   */
  default void forgetCached() {}

  /** Maps the first {@code length} bytes, which must be there. */
  Mapping map(long length, boolean writable);

  /**
   * Called before and after each store of a size slot through a mapping, so that a simulated disk
   * can crash between the stores of one append; does nothing on a real one.
   */
  default void stored(long offset, long length) {}

  /**
   * Writes all of {@code source}.
   *
   * <p>A slice that is asked for without its size counts as an access of no bytes, in the profile
   * of the JDK's bounds check, which all memory shares: what is compiled after that may keep a path
   * for them, and an append that does is half as slow again.
   */
  default void writeFully(long offset, MemorySegment source) {
    long size = source.byteSize();
    long done = 0;
    while (done < size) {
      done += write(offset + done, source.asSlice(done, size - done));
    }
  }

  /** Writes all of a range of native memory, without allocating where that is possible. */
  default void writeFully(long offset, MemorySegment source, long from, long length) {
    writeFully(offset, source.asSlice(from, length));
  }

  @Override
  void close();
}
