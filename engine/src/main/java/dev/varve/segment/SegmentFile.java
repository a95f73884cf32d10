package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.Mapping;
import dev.varve.io.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A file of segment size: opened and mapped when first needed, under whatever name it has then. A
 * writer's file keeps the descriptor that it was written through until it is durable.
 */
final class SegmentFile implements AutoCloseable {
  private static final MemorySegment EMPTY = Arena.global().allocate(0);
  private static final int COPY_BYTES = 1 << 20;

  private final Directory directory;
  private final int size;
  private volatile String name;
  private @Nullable StoredFile file;
  private volatile @Nullable Mapping mapping;
  private @Nullable Mapping earlier;
  private boolean writable;
  private boolean closed;
  private @Nullable RuntimeException unsynced;

  SegmentFile(Directory directory, String name, int size) {
    this.directory = directory;
    this.name = name;
    this.size = size;
  }

  String name() {
    return name;
  }

  int size() {
    return size;
  }

  /** Makes the file, with its blocks reserved. */
  synchronized void create() {
    StoredFile created = directory.create(name);
    file = created;
    try {
      created.allocate(size);
    } catch (StorageException failure) {
      closeFile();
      directory.unlink(name);
      throw failure;
    }
  }

  /** Gives a file that lost its end all its bytes again; nobody may be reading it. */
  synchronized void grow() {
    StoredFile open = file();
    if (open.size() < size) {
      closeMapping(mapping);
      mapping = null;
      open.allocate(size);
    }
  }

  void rename(String to) {
    directory.rename(name, to);
    name = to;
  }

  /** The open file; opens it for writing when it is not. */
  synchronized StoredFile file() {
    StoredFile open = file;
    if (open == null) {
      open = open(true);
      file = open;
    }
    return open;
  }

  private StoredFile open(boolean forWriting) {
    StoredFile opened = closed ? null : directory.open(name, forWriting);
    if (opened == null) {
      throw new MissingSegmentException(name);
    }
    return opened;
  }

  /**
   * Whether the file holds no frame yet, found out without mapping it: to give a mapping up has
   * every thread of the process stopped for a moment.
   */
  synchronized boolean isUnused(int blockSize) {
    StoredFile held = file;
    if (held != null) {
      return isUnused(held, blockSize);
    }
    try (StoredFile open = open(false)) {
      return isUnused(open, blockSize);
    }
  }

  /** Whether the first slot of a segment is zero, or not there. */
  static boolean isUnused(StoredFile segment, int blockSize) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slot = arena.allocate(FrameLayout.SLOT_BYTES);
      int ignored = segment.read(blockSize - FrameLayout.SLOT_BYTES, slot);
      return slot.get(ValueLayout.JAVA_INT, 0) == 0;
    }
  }

  /** The mapped bytes, for readers; shorter than a segment where the file is. */
  MemorySegment memory() {
    Mapping present = mapping;
    return present != null ? present.memory() : map(false);
  }

  /** The mapped bytes, for the writer. */
  MemorySegment writableMemory() {
    Mapping present = mapping;
    return present != null && writable ? present.memory() : map(true);
  }

  /** A file that was renamed is opened again to be mapped: some mappers go by the name. */
  private synchronized MemorySegment map(boolean forWriting) {
    Mapping present = mapping;
    if (present != null && (writable || !forWriting)) {
      return present.memory();
    }
    StoredFile held = file;
    boolean named = held != null && held.name().equals(name);
    boolean keep = named || (held == null && forWriting);
    StoredFile open = held != null && named ? held : open(forWriting);
    try {
      long length = Math.min(size, open.size());
      if (length == 0) {
        return EMPTY;
      }
      Mapping made = open.map(length, forWriting);
      earlier = present;
      mapping = made;
      writable = forWriting;
      return made.memory();
    } finally {
      if (keep) {
        file = open;
      } else {
        open.close();
      }
    }
  }

  /** Makes every page of the mapping resident and writable. */
  void populate() {
    MemorySegment ignored = writableMemory();
    Mapping present = mapping;
    if (present != null) {
      present.populate();
    }
  }

  /** Tells a simulated disk of a slot store; called on the append path, without a lock. */
  @SuppressWarnings("GuardedBy")
  void stored(int slotOffset) {
    StoredFile open = file;
    if (open != null) {
      open.stored(slotOffset, FrameLayout.SLOT_BYTES);
    }
  }

  /**
   * Makes the stores of a range durable, whichever path they took. The system reports a failure
   * once: another try would succeed although the bytes are lost, so there is none.
   */
  synchronized void sync(int from, int to) {
    RuntimeException failed = unsynced;
    if (failed != null) {
      throw new StorageException.Unavailable("an earlier sync of " + name + " failed", failed);
    }
    try {
      syncNow(from, to);
    } catch (RuntimeException failure) {
      unsynced = failure;
      throw failure;
    }
  }

  private synchronized void syncNow(int from, int to) {
    Mapping present = mapping;
    if (present != null && writable) {
      present.force(from, to - from);
    } else {
      file().sync();
    }
  }

  /**
   * Writes the same bytes again and syncs them: a failed sync may have left them clean but lost.
   */
  synchronized void rewrite(int from, int to) {
    StoredFile open = file();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(copyBytes(from, to));
      int read = 1;
      for (int at = from; at < to && read > 0; at += read) {
        read = open.read(at, copy.asSlice(0, Math.min(COPY_BYTES, to - at)));
        open.writeFully(at, copy.asSlice(0, read));
      }
    }
    open.sync();
  }

  /** Offset behind the last byte of a range that is not zero, at least {@code from}. */
  synchronized int usedBetween(int from, int to) {
    StoredFile open = file();
    int used = from;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(copyBytes(from, to));
      byte[] bytes = new byte[(int) copy.byteSize()];
      for (int at = from; at < to; ) {
        int read = open.read(at, copy.asSlice(0, Math.min(COPY_BYTES, to - at)));
        if (read == 0) {
          break;
        }
        MemorySegment.copy(copy, ValueLayout.JAVA_BYTE, 0, bytes, 0, read);
        int usedBytes = Zeros.usedLimit(bytes, 0, read);
        used = usedBytes > 0 ? at + usedBytes : used;
        at += read;
      }
    }
    return used;
  }

  /** A part at a time, of ranges that are larger than one. */
  private static int copyBytes(int from, int to) {
    return Math.clamp((long) to - from, 0, COPY_BYTES);
  }

  /** Closes the descriptor of a file that is durable; the mapping stays. */
  synchronized void closeFile() {
    StoredFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeFile();
    closeMapping(mapping);
    closeMapping(earlier);
    mapping = null;
  }

  private static void closeMapping(@Nullable Mapping present) {
    if (present != null) {
      present.close();
    }
  }

  /** The file has gone: dropped by the writer, or removed by somebody else. */
  static final class MissingSegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingSegmentException(String name) {
      super("the segment " + name + " is missing");
    }
  }
}
