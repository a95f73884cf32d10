package dev.varve.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of its own for one test, removed on close with all it holds. */
public final class ScratchFolder implements AutoCloseable {
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * A folder where syncs are quick: in memory where the machine offers that, else the default
   * temporary folder. For tests that claim nothing about power loss.
   */
  public static ScratchFolder quick() {
    return under(Files.isWritable(MEMORY) ? MEMORY : temporary());
  }

  /** A folder on the medium of {@code java.io.tmpdir}. */
  public static ScratchFolder onDisk() {
    return under(temporary());
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  }

  private static ScratchFolder under(Path parent) {
    try {
      return new ScratchFolder(Files.createTempDirectory(parent, "varve-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** A new empty folder in this one. */
  public Path folder(String name) {
    try {
      return Files.createDirectory(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies the files of a folder as they are now into a new folder, in the order of their names
   * except that those that {@code first} accepts go first. Files that vanish meanwhile are left
   * out: the copy is what a process that died at this moment would have left, as far as the
   * writer's own thread is concerned.
   */
  public static void copy(Path source, Path target, String... first) {
    try (Stream<Path> entries = Files.list(source)) {
      Files.createDirectories(target);
      List<String> early = List.of(first);
      List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
      for (boolean turn : new boolean[] {true, false}) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (early.stream().anyMatch(name::startsWith) == turn) {
            copyIfPresent(file, target.resolve(name));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder and the folders in it, which nobody changes meanwhile. */
  public static void copyAll(Path source, Path target) {
    copy(source, target);
    try (Stream<Path> entries = Files.list(source)) {
      for (Path inner : entries.filter(Files::isDirectory).toList()) {
        copyAll(inner, target.resolve(inner.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyIfPresent(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(target);
    }
  }

  /** Removes everything below the folder, and the folder itself. */
  @Override
  public void close() {
    remove(path);
  }

  /** Removes a folder and everything below it. */
  public static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes on the way back; what somebody else deletes meanwhile is as good as deleted. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
