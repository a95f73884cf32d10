package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * INV-6, and P5: a page that cannot be backed stops the log, also when the code that touches it has
 * been compiled, and the JVM raises the error late.
 */
class MappedAccessTest {
  /** The compilers are done with what is called so often. */
  private static final int OFTEN = 300_000;

  private static final LogOptions MAPPED =
      LogOptions.defaults()
          .withSegmentSize(1 << 20)
          .withDurability(Durability.NONE)
          .withWritePath(WritePath.MAPPED);

  @TempDir Path folder;

  /** Takes the blocks of every segment away, below the mappings. */
  private void loseSegments() throws IOException {
    List<Path> segments;
    try (Stream<Path> files = Files.list(folder)) {
      segments = files.filter(file -> file.toString().endsWith(".sf")).toList();
    }
    for (Path segment : segments) {
      try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
        FileChannel ignored = channel.truncate(0);
      }
    }
  }

  @Test
  void anAppendToPagesThatAreGoneIsUnknownAndTheLastOne() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, MAPPED)) {
      long last = 0;
      for (int i = 0; i < OFTEN; i++) {
        last = log.append(new byte[40]);
      }
      loseSegments();
      long end = log.end();
      assertThrows(StorageException.Unknown.class, () -> log.append(new byte[40]));
      assertThrows(StorageException.Poisoned.class, () -> log.append(new byte[40]));
      assertEquals(end, log.end(), "the end behind " + last);
    }
  }

  @Test
  void readingPagesThatAreGoneIsCorrupt() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, MAPPED)) {
      long position = log.append(new byte[40]);
      RecordReader reader = log.reader();
      for (int i = 0; i < OFTEN; i++) {
        reader.read(position);
      }
      walkOften(log);
      loseSegments();
      assertThrows(StorageException.Corrupt.class, () -> reader.read(position));
      assertThrows(StorageException.Corrupt.class, () -> walkOften(log));
    }
  }

  private static void walkOften(SegmentLog log) {
    for (int i = 0; i < OFTEN / 10; i++) {
      try (Cursor cursor = log.forward()) {
        boolean ignored = cursor.next();
      }
    }
  }
}
