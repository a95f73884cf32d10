package dev.varve.bench.questions;

import java.io.IOException;
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
 * <p>It is put back by copying those files only that were written to since. The copies carry a time
 * of modification that nobody else gives them, and whoever writes to a file changes it, also
 * through a mapping: the pages were synced, so the first write to each is seen by the file system.
 */
final class SparseCopy {
  private static final FileTime UNTOUCHED = FileTime.fromMillis(1000);

  private final Path from;
  private final Path to;

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
    removeTouched();
    List<Path> copied = copyMissing();
    for (Path copy : copied) {
      try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
        file.force(true);
      }
    }
    for (Path copy : copied) {
      Files.setLastModifiedTime(copy, UNTOUCHED);
    }
  }

  /**
   * And what is not in the original. In memory everything: there not every write through a mapping
   * is seen.
   */
  private void removeTouched() throws IOException {
    boolean told = !Scratch.isInMemory(to);
    for (Path copy : filesIn(to)) {
      boolean untouched = told && Files.getLastModifiedTime(copy).equals(UNTOUCHED);
      if (!untouched || !Files.exists(from.resolve(to.relativize(copy)))) {
        Files.delete(copy);
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
