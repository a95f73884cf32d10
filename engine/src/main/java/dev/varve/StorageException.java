package dev.varve;

import org.jspecify.annotations.Nullable;

/**
 * A failure of storage, split by what the caller does next; {@code docs/errors.md} has a paragraph
 * for each.
 *
 * <p>Misuse by the caller is an {@link IllegalArgumentException} or {@link IllegalStateException}
 * instead; a closed log always answers with the latter.
 */
public abstract sealed class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The storage cannot be used now: another writer, a missing or read-only folder. Retry later. */
  public static final class Unavailable extends StorageException {
    private static final long serialVersionUID = 1L;

    /** A failure without a cause of its own. */
    public Unavailable(String message) {
      super(message, null);
    }

    /** A failure that the operating system reported. */
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** No space is left. Nothing of the append was stored: free space, then reopen. */
  public static final class Full extends StorageException {
    private static final long serialVersionUID = 1L;

    /** A refusal for want of space. */
    public Full(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Bytes that were proven durable are damaged. Restore them, or salvage what is whole. */
  public static final class Corrupt extends StorageException {
    private static final long serialVersionUID = 1L;
    private final String file;
    private final long block;
    private final long offset;
    private final long position;
    private final String expected;
    private final String found;

    private Corrupt(
        String place,
        String file,
        long block,
        long offset,
        long position,
        String expected,
        String found) {
      super(
          "corrupt: %s, position %d: expected %s, found %s"
              .formatted(place, position, expected, found),
          null);
      this.file = file;
      this.block = block;
      this.offset = offset;
      this.position = position;
      this.expected = expected;
      this.found = found;
    }

    /**
     * Damage in {@code file}, block number {@code block} of it, at byte {@code position} of the
     * log.
     */
    public Corrupt(String file, long block, long position, String expected, String found) {
      this("file %s, block %d".formatted(file, block), file, block, -1, position, expected, found);
    }

    /** Damage at byte {@code offset} of a blob, at {@code position} of its stream. */
    public static Corrupt inBlob(
        String blob, long offset, long position, String expected, String found) {
      return new Corrupt(
          "blob %s, offset %d".formatted(blob, offset),
          blob,
          -1,
          offset,
          position,
          expected,
          found);
    }

    /** Name of the damaged file within the log's folder, or of the damaged blob. */
    public String file() {
      return file;
    }

    /** Number of the block within the file, from 0; -1 for a blob. */
    public long block() {
      return block;
    }

    /** Bytes from the start of the blob; -1 for a file, of which the block is known. */
    public long offset() {
      return offset;
    }

    /** Position in the log or stream, in bytes, at which something valid was expected. */
    public long position() {
      return position;
    }

    /** What a whole log has there. */
    public String expected() {
      return expected;
    }

    /** What is there. */
    public String found() {
      return found;
    }
  }

  /** The folder holds something this version does not read: not a log, or of another version. */
  public static final class UnsupportedFormat extends StorageException {
    private static final long serialVersionUID = 1L;
    private final String file;
    private final String found;
    private final String supported;

    /** The file, what it holds, and what is supported. */
    public UnsupportedFormat(String file, String found, String supported) {
      super(
          "unsupported format: %s: found %s, supported is %s".formatted(file, found, supported),
          null);
      this.file = file;
      this.found = found;
      this.supported = supported;
    }

    /** The file or folder that is not understood. */
    public String file() {
      return file;
    }

    /** What was found. */
    public String found() {
      return found;
    }

    /** What this version reads. */
    public String supported() {
      return supported;
    }
  }

  /** An earlier failure stopped this log for writing. Reading goes on; reopen to write again. */
  public static final class Poisoned extends StorageException {
    private static final long serialVersionUID = 1L;

    /** A refusal; the cause is the earlier failure. */
    public Poisoned(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** This append failed after its first store: reopen, then look whether it is there. */
  public static final class Unknown extends StorageException {
    private static final long serialVersionUID = 1L;

    /** An append whose outcome only the next recovery tells. */
    public Unknown(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The position was given up by retention. Go on from the tail. */
  public static final class Dropped extends StorageException {
    private static final long serialVersionUID = 1L;
    private final long position;
    private final long tail;

    /** A position before the oldest record that is kept. */
    public Dropped(long position, long tail) {
      super("position %d was dropped, the log now begins at %d".formatted(position, tail), null);
      this.position = position;
      this.tail = tail;
    }

    /** The position asked for. */
    public long position() {
      return position;
    }

    /** The oldest position that is kept. */
    public long tail() {
      return tail;
    }
  }
}
