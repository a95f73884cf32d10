package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tail was durable, the records that led to it were not, and then the power went. */
class UnreachableTailTest {
  private static final int SEGMENT = 1024;
  private static final Path SUPERBLOCK = Path.of("superblock");

  @TempDir Path parent;

  private static LogOptions options() {
    return LogOptions.defaults()
        .withBlockSize(256)
        .withSegmentSize(SEGMENT)
        .withDurability(Durability.NONE);
  }

  /** The folder as a loss of power may leave it: names and the tail, without the newest bytes. */
  private long leaveOnlyTheTail(Path left) throws IOException, InterruptedException {
    Path folder = parent.resolve("log");
    try (SegmentLog log = SegmentLog.open(folder, options())) {
      for (int i = 0; i < 20; i++) {
        long ignored = log.append(new byte[60]);
      }
      long tail = log.end();
      long tailStart = tail - tail % SEGMENT;
      log.dropBefore(tail);
      Path before = folder.resolve(SegmentNames.segment(tailStart - SEGMENT));
      while (Files.exists(before)) {
        Thread.sleep(Duration.ofMillis(1));
      }
      Files.createDirectory(left);
      Files.copy(folder.resolve(SUPERBLOCK), left.resolve(SUPERBLOCK));
      Files.write(left.resolve(SegmentNames.segment(tailStart)), new byte[SEGMENT]);
      return tail;
    }
  }

  @Test
  @Timeout(20)
  void theLogGoesOnEmptyInAFreshBlockBehindTheTail() throws IOException, InterruptedException {
    Path left = parent.resolve("left");
    long tail = leaveOnlyTheTail(left);
    long fresh;
    try (SegmentLog log = SegmentLog.open(left, options())) {
      assertEquals(-1, log.head());
      fresh = log.append(new byte[] {1, 2, 3});
      assertTrue(fresh >= tail, () -> fresh + " was used before " + tail);
      assertEquals(0, fresh % 256);
    }
    try (SegmentLog log = SegmentLog.open(left)) {
      assertEquals(fresh, log.tail());
      assertArrayEquals(new byte[] {1, 2, 3}, log.read(fresh));
      assertTrue(log.verify().whole());
    }
    try (Stream<Path> files = Files.list(left)) {
      List<String> names = files.map(path -> String.valueOf(path.getFileName())).toList();
      assertEquals(1, names.stream().filter(SegmentNames::isSegment).count());
    }
  }
}
