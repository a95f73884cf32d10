package dev.varve.bench.questions;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Copies a folder to the disk, with holes where its files have them and nowhere else: what was
 * allocated and zero is so in the copy too. By {@code cp} of the GNU core utilities, as the JDK
 * does not tell where holes are.
 */
final class SparseCopy {
  private SparseCopy() {}

  /**
   * Makes {@code to} a copy of {@code from}.
   *
   * @param to where there is nothing yet
   */
  static void copy(Path from, Path to) throws IOException {
    ProcessBuilder copying =
        new ProcessBuilder(
            "cp", "-R", "--sparse=auto", "--reflink=never", from.toString(), to.toString());
    try {
      int exit = copying.inheritIO().start().waitFor();
      if (exit != 0) {
        throw new IOException("cp ended with exit code " + exit);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> copies = Files.walk(to)) {
      for (Path copy : copies.filter(Files::isRegularFile).toList()) {
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
          file.force(true);
        }
      }
    }
  }
}
