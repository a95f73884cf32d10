package dev.varve.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A fingerprint of a folder: name, size and SHA-256 of every file. Lock files are left out: they
 * hold nothing of the log, only who holds it.
 */
public final class FolderBytes {
  private final SortedMap<String, String> digests = new TreeMap<>();

  private final boolean pool;

  private FolderBytes(boolean pool) {
    this.pool = pool;
  }

  /** The fingerprint of the folder as it is now. */
  public static FolderBytes of(Path folder) {
    return of(folder, true);
  }

  /**
   * The same without the prepared segments, which hold nothing of the log either: a writer makes
   * and renames them in the background while it is open.
   */
  public static FolderBytes ofLog(Path folder) {
    return of(folder, false);
  }

  private static FolderBytes of(Path folder, boolean pool) {
    FolderBytes bytes = new FolderBytes(pool);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".lock") && (pool || !isPrepared(file))) {
          bytes.digests.put(name, digest(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** A pool file, or a segment that has its name already and no byte yet. */
  private static boolean isPrepared(Path file) throws IOException {
    String name = file.getFileName().toString();
    return name.endsWith(".free") || (name.endsWith(".sf") && isZero(file));
  }

  private static boolean isZero(Path file) throws IOException {
    for (byte content : Files.readAllBytes(file)) {
      if (content != 0) {
        return false;
      }
    }
    return true;
  }

  private static String digest(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "no regular file";
    }
    try {
      byte[] content = Files.readAllBytes(file);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return content.length + " bytes, " + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-256", e);
    }
  }

  /** Fails where a file of the folder was changed, added or removed since. */
  public void assertUnchanged(Path folder) {
    assertEquals(digests, of(folder, pool).digests, "the files of " + folder);
  }

  /** The log's segment files in the folder, oldest first. */
  public static List<Path> segments(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("f\\d{12,}\\.sf"))
          .sorted((a, b) -> Long.compare(start(a), start(b)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The position that a segment's name says it starts at. */
  public static long start(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(1, name.length() - ".sf".length()));
  }
}
