package dev.varve.bench.questions;

import dev.varve.bench.systems.NativeFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of a folder on the disk, with holes where its files have them and nowhere else: what was
 * allocated and zero is so in the copy too.
 *
 * <p>It is put back by writing those blocks only that changed, in those files only that were
 * written to since. The copies carry a time of modification that nobody else gives them, and
 * whoever writes to a file changes it, also through a mapping: the pages were synced, so the first
 * write to each is seen by the file system. A copy has a second name where nobody removes it, so
 * what was removed needs its name back and no bytes. Therefore who removes one frees no blocks.
 */
final class SparseCopy {
  private static final FileTime UNTOUCHED = FileTime.fromMillis(1000);
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int BLOCK_BYTES = 1 << 12;

  private final Path from;
  private final Path kept;
  private final Path to;
  private final boolean inMemory;
  private final ByteBuffer wanted = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final ByteBuffer found = ByteBuffer.allocateDirect(CHUNK_BYTES);

  /**
   * Of which nothing is copied yet.
   *
   * @param from a folder that does not change from here on
   * @param kept a folder for the second names, on the file system of the copy
   * @param to a folder
   */
  SparseCopy(Path from, Path kept, Path to) throws IOException {
    this.from = from;
    this.kept = kept;
    this.to = to;
    this.inMemory = Scratch.isInMemory(to);
  }

  /** Makes the copy hold what the folder does, and nothing else. */
  void restore() throws IOException {
    removeForeign();
    List<Path> restored = new ArrayList<>();
    Set<Path> changed = new HashSet<>(Set.of(to));
    for (Path original : filesIn(from)) {
      Path copy = kept.resolve(from.relativize(original));
      boolean missing = isMissing(copy, Files.size(original));
      if (missing || touched(copy)) {
        putBack(original, copy, missing);
        restored.add(copy);
      }
      Path name = to.resolve(from.relativize(original));
      if (!Files.exists(name) || !Files.isSameFile(name, copy)) {
        changed.add(name(copy, name));
      }
    }
    for (Path copy : restored) {
      Files.setLastModifiedTime(copy, UNTOUCHED);
    }
    for (Path folder : changed) {
      sync(folder);
    }
  }

  /** Removes names without an original. */
  private void removeForeign() throws IOException {
    for (Path name : filesIn(to)) {
      if (!Files.exists(from.resolve(to.relativize(name)))) {
        Files.delete(name);
      }
    }
  }

  /** Whether a copy has to be made anew; one of another size goes. */
  private static boolean isMissing(Path copy, long size) throws IOException {
    if (Files.exists(copy) && Files.size(copy) != size) {
      Files.delete(copy);
    }
    return !Files.exists(copy);
  }

  /** Gives a copy its name, and returns the folder of that. */
  private static Path name(Path copy, Path name) throws IOException {
    Path folder = Files.createDirectories(name.getParent());
    Files.deleteIfExists(name);
    Files.createLink(name, copy);
    return folder;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** In memory everything is: there not every write through a mapping is seen. */
  private boolean touched(Path copy) throws IOException {
    return inMemory || !Files.getLastModifiedTime(copy).equals(UNTOUCHED);
  }

  /**
   * Makes holes where the original has them, writes blocks that differ elsewhere, all of them into
   * a file that is missing; then syncs.
   */
  private void putBack(Path original, Path copy, boolean missing) throws IOException {
    Files.createDirectories(copy.getParent());
    long size = Files.size(original);
    try (NativeFile extents = NativeFile.open(original);
        NativeFile holes = NativeFile.open(copy);
        FileChannel source = FileChannel.open(original, StandardOpenOption.READ);
        FileChannel target =
            FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      holes.resize(size);
      long at = 0;
      while (at < size) {
        long begin = extents.dataFrom(at);
        long data = begin < 0 ? size : begin;
        makeHole(holes, at, data);
        at = data < size ? extents.holeFrom(data) : size;
        if (missing) {
          writeAll(source, target, data, at);
        } else {
          writeChanged(source, target, data, at);
        }
      }
      target.force(true);
    }
  }

  /** Where there is none: to make one again costs as much as to make one. */
  private static void makeHole(NativeFile file, long from, long to) {
    long data = file.dataFrom(from);
    if (data >= 0 && data < to) {
      file.punch(from, to - from);
    }
  }

  private static void writeAll(FileChannel source, FileChannel target, long from, long to)
      throws IOException {
    target.position(from);
    for (long at = from; at < to; at += source.transferTo(at, to - at, target)) {}
  }

  private void writeChanged(FileChannel source, FileChannel target, long from, long to)
      throws IOException {
    for (long chunk = from; chunk < to; chunk += CHUNK_BYTES) {
      int bytes = (int) Math.min(CHUNK_BYTES, to - chunk);
      read(source, chunk, wanted.clear().limit(bytes));
      read(target, chunk, found.clear().limit(bytes));
      for (int block = 0; block < bytes; block += BLOCK_BYTES) {
        int length = Math.min(BLOCK_BYTES, bytes - block);
        ByteBuffer original = wanted.slice(block, length);
        if (!original.equals(found.slice(block, length))) {
          target.write(original, chunk + block);
        }
      }
    }
  }

  private static void read(FileChannel file, long offset, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (file.read(into, offset + into.position()) < 0) {
        throw new EOFException("ends early");
      }
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }
}
