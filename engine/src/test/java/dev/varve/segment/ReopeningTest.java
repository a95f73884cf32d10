package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an opening waits for when the process before it died. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReopeningTest {
  private static final int SEGMENT = 512;
  private static final LogOptions SMALL =
      LogOptions.defaults()
          .withBlockSize(256)
          .withSegmentSize(SEGMENT)
          .withDurability(Durability.NONE);

  @TempDir Path scratch;

  @Test
  void itSyncsNothingWhereBothSuperblocksSayThatAWriterWasAtWork() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      rollUntilMarked(log, scratch.resolve("log"));
      copy(scratch.resolve("log"), killed);
    }
    List<String> done = whileOpening(killed);
    assertTrue(done.stream().noneMatch(step -> step.startsWith("sync")), done::toString);
    assertTrue(done.stream().noneMatch(step -> step.startsWith("force")), done::toString);
  }

  @Test
  void itSyncsTheSuperblockWhereALossOfPowerCouldLeaveAnOlderOne() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      assertEquals(0, log.append(new byte[10]));
      copy(scratch.resolve("log"), killed);
    }
    assertSyncsTheSuperblock(killed);
    Path closed = scratch.resolve("log");
    assertSyncsTheSuperblock(closed);
  }

  @Test
  void itSyncsTheSuperblockBeforeSegmentsBeforeTheTailMayGo() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      rollUntilMarked(log, scratch.resolve("log"));
      byte[] oldest = Files.readAllBytes(scratch.resolve("log").resolve(SegmentNames.segment(0)));
      log.dropBefore(log.head());
      while (Files.exists(scratch.resolve("log").resolve(SegmentNames.segment(0)))) {
        Thread.onSpinWait();
      }
      rollUntilMarked(log, scratch.resolve("log"));
      copy(scratch.resolve("log"), killed);
      Files.write(killed.resolve(SegmentNames.segment(0)), oldest);
    }
    assertSyncsTheSuperblock(killed);
    assertFalse(Files.exists(killed.resolve(SegmentNames.segment(0))));
  }

  private static void assertSyncsTheSuperblock(Path folder) {
    List<String> done = whileOpening(folder);
    assertTrue(done.contains("sync " + SegmentNames.SUPERBLOCK), done::toString);
  }

  /** Fills segments and waits until the superblock has a mark in the last full one. */
  private static void rollUntilMarked(SegmentLog log, Path folder) throws IOException {
    long start = log.end();
    while (log.end() < start + 4 * SEGMENT) {
      assertTrue(log.append(new byte[100]) >= 0);
    }
    long lastFull = log.end() - log.end() % SEGMENT - SEGMENT;
    while (mark(folder) <= lastFull) {
      Thread.onSpinWait();
    }
  }

  private static long mark(Path folder) throws IOException {
    byte[] copies = Files.readAllBytes(folder.resolve(SegmentNames.SUPERBLOCK));
    byte[] second = Arrays.copyOfRange(copies, Superblock.COPY_BYTES, copies.length);
    return Superblock.newer(Arrays.copyOf(copies, Superblock.COPY_BYTES), second).mark();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  /** What the opening thread itself changed and synced. */
  private static List<String> whileOpening(Path folder) {
    List<String> done = new ArrayList<>();
    long opener = Thread.currentThread().threadId();
    AtomicBoolean opening = new AtomicBoolean(true);
    HookedIo recorder =
        new HookedIo(
            (operation, name) -> {
              if (Thread.currentThread().threadId() == opener && opening.get()) {
                done.add(operation + " " + name);
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(recorder))) {
      opening.set(false);
      assertTrue(log.end() > 0);
    }
    return done;
  }
}
