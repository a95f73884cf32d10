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
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a folder on the disk, with holes where its files have them and nowhere else: what was
 * allocated and zero is so in the copy too. By {@code cp} of the GNU core utilities, as the JDK
 * does not tell where holes are.
 *
 * <p>It is put back by writing those blocks only that changed, in those files only that were
 * written to since. The copies carry a time of modification that nobody else gives them, and
 * whoever writes to a file changes it, also through a mapping: the pages were synced, so the first
 * write to each is seen by the file system.
 */
final class SparseCopy {
  private static final FileTime UNTOUCHED = FileTime.fromMillis(1000);
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int BLOCK_BYTES = 1 << 12;

  private final Path from;
  private final Path to;
  private final ByteBuffer wanted = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final ByteBuffer found = ByteBuffer.allocateDirect(CHUNK_BYTES);

  /**
   * Of which nothing is copied yet.
   *
   * @param from a folder that does not change from here on
   * @param to a folder
   */
  SparseCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /** Makes the copy hold what the folder does, and nothing else. */
  void restore() throws IOException {
    List<Path> restored = new ArrayList<>(putBackTouched());
    restored.addAll(copyMissing());
    for (Path copy : restored) {
      try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        file.force(true);
      }
    }
    for (Path copy : restored) {
      Files.setLastModifiedTime(copy, UNTOUCHED);
    }
  }

  /**
   * The copies that were written to and put back. Removes those without an original, and those of
   * another size. In memory everything is put back: there not every write through a mapping is
   * seen.
   */
  private List<Path> putBackTouched() throws IOException {
    boolean told = !Scratch.isInMemory(to);
    List<Path> restored = new ArrayList<>();
    for (Path copy : filesIn(to)) {
      Path original = from.resolve(to.relativize(copy));
      if (!Files.exists(original) || Files.size(original) != Files.size(copy)) {
        Files.delete(copy);
      } else if (!told || !Files.getLastModifiedTime(copy).equals(UNTOUCHED)) {
        putBack(original, copy);
        restored.add(copy);
      }
    }
    return restored;
  }

  /** Makes holes where the original has them, and writes blocks that differ elsewhere. */
  private void putBack(Path original, Path copy) throws IOException {
    long size = Files.size(original);
    try (NativeFile extents = NativeFile.open(original);
        NativeFile holes = NativeFile.open(copy);
        FileChannel source = FileChannel.open(original, StandardOpenOption.READ);
        FileChannel target =
            FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long at = 0;
      while (at < size) {
        long begin = extents.dataFrom(at);
        long data = begin < 0 ? size : begin;
        if (data > at) {
          holes.punch(at, data - at);
        }
        at = data < size ? extents.holeFrom(data) : size;
        writeChanged(source, target, data, at);
      }
    }
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

  /** The new copies. */
  private List<Path> copyMissing() throws IOException {
    List<String> command =
        new ArrayList<>(List.of("cp", "--parents", "--sparse=auto", "--reflink=never"));
    List<Path> copies = new ArrayList<>();
    for (Path original : filesIn(from)) {
      Path name = from.relativize(original);
      Path copy = to.resolve(name);
      if (!Files.exists(copy)) {
        command.add("./" + name);
        copies.add(copy);
      }
    }
    if (!copies.isEmpty()) {
      command.add(to.toAbsolutePath().toString());
      run(command);
    }
    return copies;
  }

  private void run(List<String> command) throws IOException {
    try {
      int exit = new ProcessBuilder(command).directory(from.toFile()).inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("cp ended with exit code " + exit);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).toList();
    }
  }
}
