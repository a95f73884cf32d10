package dev.varve.bench.questions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders for benchmarks, removed when they are done. The name carries the id of the process, so
 * that what a killed process left behind is recognised and removed by the next run.
 */
public final class Scratch {
  /** System property with the folder in which scratch folders are made. */
  public static final String PROPERTY = "varve.bench.dir";

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Pattern OURS = Pattern.compile("varve-bench-(\\d+)-.*");
  private static final Set<String> VOLATILE_TYPES = Set.of("tmpfs", "ramfs", "devtmpfs");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Scratch() {}

  /** The folder for scratch folders: as told, or {@code target/bench} at the repository's root. */
  public static Path base() {
    String told = System.getProperty(PROPERTY, "");
    return told.isEmpty() ? root().resolve("target").resolve("bench") : Path.of(told);
  }

  /** The root of the repository seen from the working directory; else the working directory. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("jmh").resolve("jvm.flags"))) {
        return folder;
      }
    }
    return here;
  }

  /** A new empty folder; it is removed when the JVM ends, if nobody did before. */
  static Path create(boolean durable) {
    try {
      Path base = Files.createDirectories(base());
      if (durable) {
        requireDevice(base);
      }
      String name =
          "varve-bench-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
      Path folder = Files.createDirectory(base.resolve(name));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws if files in this folder only live in memory, so that a sync would mean nothing. */
  public static void requireDevice(Path folder) throws IOException {
    if (isInMemory(folder)) {
      throw new IOException(
          "durable questions need a device, and %s is on %s: choose another folder with -Dbench.dir"
              .formatted(folder, Files.getFileStore(folder).type()));
    }
  }

  /** Whether files in this folder only live in memory. */
  static boolean isInMemory(Path folder) throws IOException {
    return VOLATILE_TYPES.contains(Files.getFileStore(folder).type());
  }

  /** Removes folders whose process is gone. */
  public static void removeStale(Path base) {
    for (Path place : List.of(base, SHARED_MEMORY)) {
      try (Stream<Path> entries = Files.isDirectory(place) ? Files.list(place) : Stream.empty()) {
        entries.filter(Scratch::isStale).forEach(Scratch::remove);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static boolean isStale(Path folder) {
    Matcher name = OURS.matcher(String.valueOf(folder.getFileName()));
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).filter(ProcessHandle::isAlive).isEmpty();
  }

  /** Removes a folder with all that is in it, as far as it is there. */
  static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Others may remove the same things at the same time. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
