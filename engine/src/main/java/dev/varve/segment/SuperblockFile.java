package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file of the two superblock copies: created atomically, updated in turn, always synced, so
 * that one copy is durable and whole at any moment ({@code INV-15}).
 */
final class SuperblockFile implements AutoCloseable {
  private static final int COPY = Superblock.COPY_BYTES;

  private final StoredFile file;
  private Superblock current;

  /** The other copy, which was durable before the current one was begun; null when it is torn. */
  private @Nullable Superblock before;

  /** Whether the copy that counts is known to be durable, and not just readable. */
  private boolean durable;

  private SuperblockFile(StoredFile file) {
    this.file = file;
    byte[][] copies = copies();
    this.current = Superblock.newer(copies[0], copies[1]);
    this.before = Superblock.decode(copies[(int) (current.sequence() + 1) & 1]);
  }

  /** Creates the file under a passing name, then moves it into place: it is whole or not there. */
  static SuperblockFile create(Directory directory, Superblock superblock) {
    directory.unlink(SegmentNames.NEW_SUPERBLOCK);
    Superblock first = superblock.next();
    try (StoredFile created = directory.create(SegmentNames.NEW_SUPERBLOCK)) {
      created.allocate(2L * COPY);
      write(created, first.sequence(), first.encode());
      created.sync();
    }
    directory.rename(SegmentNames.NEW_SUPERBLOCK, SegmentNames.SUPERBLOCK);
    directory.sync();
    return open(directory, true);
  }

  static SuperblockFile open(Directory directory, boolean writable) {
    StoredFile file = directory.open(SegmentNames.SUPERBLOCK, writable);
    if (file == null) {
      throw new StorageException.Unavailable(
          "the folder " + directory.path() + " holds no log: it has no superblock");
    }
    try {
      return new SuperblockFile(file);
    } catch (StorageException refused) {
      file.close();
      throw refused;
    }
  }

  private byte[][] copies() {
    byte[][] copies = new byte[2][COPY];
    try (Arena arena = Arena.ofConfined()) {
      read(0, copies[0], arena.allocate(COPY));
      read(COPY, copies[1], arena.allocate(COPY));
    }
    return copies;
  }

  private void read(long offset, byte[] target, MemorySegment buffer) {
    int done = 0;
    int read = file.read(offset, buffer);
    while (read > 0) {
      done += read;
      read = done < COPY ? file.read(offset + done, buffer.asSlice(done, COPY - done)) : 0;
    }
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, target, 0, done);
  }

  private static void write(StoredFile file, long sequence, byte[] copy) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, copy);
      file.writeFully((sequence & 1) * COPY, buffer);
    }
  }

  synchronized Superblock current() {
    return current;
  }

  /**
   * Reads the file again, for those who follow a writer elsewhere. Two updates during one read can
   * make both copies look torn: what was known then stays.
   */
  synchronized Superblock refresh() {
    byte[][] copies = copies();
    try {
      current = Superblock.newer(copies[0], copies[1]);
    } catch (StorageException.Corrupt | StorageException.UnsupportedFormat torn) {
      return current;
    }
    return current;
  }

  /** Whether something is true of the copy that counts, and of whatever a loss of power leaves. */
  synchronized boolean durably(Predicate<Superblock> claim) {
    Superblock fallback = durable ? current : before;
    return claim.test(current) && fallback != null && claim.test(fallback);
  }

  /**
   * Makes the copy that counts durable, unless it is known to be. What both copies say may be true
   * of neither after a loss of power, where the whole folder is a copy that nobody has synced.
   */
  synchronized void makeDurable() {
    if (!durable) {
      write(file, current.sequence(), current.encode());
      file.sync();
      durable = true;
    }
  }

  /**
   * Writes the older copy anew and syncs it; the newer one stays until that has succeeded. A
   * session that died may have left the newer one in the page cache only, so the first update
   * writes and syncs it again before it touches the other ({@code INV-15}).
   */
  synchronized Superblock update(UnaryOperator<Superblock> change) {
    makeDurable();
    Superblock next = change.apply(current).next();
    write(file, next.sequence(), next.encode());
    file.sync();
    before = current;
    current = next;
    return next;
  }

  @Override
  public void close() {
    file.close();
  }
}
