package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
      awaitRemoval(scratch.resolve("log").resolve(SegmentNames.segment(0)));
      rollUntilMarked(log, scratch.resolve("log"));
      copy(scratch.resolve("log"), killed);
      Files.write(killed.resolve(SegmentNames.segment(0)), oldest);
    }
    assertSyncsTheSuperblock(killed);
    assertFalse(Files.exists(killed.resolve(SegmentNames.segment(0))));
  }

  @Test
  void itSyncsTheSuperblockBeforeTheyMakeRoomForAShortTailSegment() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      rollUntilMarked(log, scratch.resolve("log"));
      log.dropBefore(log.head());
      awaitRemoval(scratch.resolve("log").resolve(SegmentNames.segment(0)));
      copy(scratch.resolve("log"), killed);
      byte[] tail = Files.readAllBytes(killed.resolve(SegmentNames.segment(segmentOf(log.end()))));
      Files.write(killed.resolve(SegmentNames.segment(segmentOf(log.end()))), used(tail));
      Files.write(killed.resolve(SegmentNames.segment(0)), new byte[SEGMENT]);
    }
    List<String> done = whileOpening(killed);
    int synced = done.indexOf("sync " + SegmentNames.SUPERBLOCK);
    int removed = done.indexOf("unlink " + SegmentNames.segment(0));
    assertTrue(0 <= synced && synced < removed, done::toString);
  }

  /** A segment without its last block, which nothing was written to. */
  private static byte[] used(byte[] segment) {
    assertTrue(Zeros.usedLimit(segment, 0, SEGMENT / 2) > 0);
    assertEquals(SEGMENT / 2, Zeros.usedLimit(segment, SEGMENT / 2, SEGMENT));
    return Arrays.copyOf(segment, SEGMENT / 2);
  }

  private static long segmentOf(long position) {
    return position - position % SEGMENT;
  }

  /** A copy of a killed log may be nowhere but in the page cache. */
  @Test
  void whatIsCalledDurableFirstHasADurableSuperblock() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      rollUntilMarked(log, scratch.resolve("log"));
      copy(scratch.resolve("log"), killed);
    }
    List<String> done = new CopyOnWriteArrayList<>();
    HookedIo recorder = new HookedIo((operation, name) -> done.add(operation + " " + name));
    try (SegmentLog log = SegmentLog.open(killed, SMALL.withIo(recorder))) {
      assertTrue(log.durableEnd() < log.end());
      assertEquals(log.end(), log.sync());
      int superblock = done.indexOf("sync " + SegmentNames.SUPERBLOCK);
      int folder = done.indexOf("syncDirectory ");
      assertTrue(0 <= superblock && superblock < folder, done::toString);
    }
  }

  @Test
  void noThreadIsStartedBeforeABlockIsFull() throws IOException {
    Path killed = scratch.resolve("killed");
    try (SegmentLog log = SegmentLog.open(scratch.resolve("log"), SMALL)) {
      rollUntilMarked(log, scratch.resolve("log"));
      copy(scratch.resolve("log"), killed);
    }
    Files.write(killed.resolve(SegmentNames.pool(7)), new byte[SEGMENT]);
    List<String> done = new CopyOnWriteArrayList<>();
    HookedIo recorder = new HookedIo((operation, name) -> done.add(operation));
    try (SegmentLog log = SegmentLog.open(killed, SMALL.withIo(recorder))) {
      long block = log.end() / SMALL.blockSize();
      assertEquals(block, log.append(new byte[1]) / SMALL.blockSize());
      assertFalse(done.contains("start"), done::toString);
      while (log.append(new byte[50]) / SMALL.blockSize() == block) {
        assertFalse(done.contains("start"), done::toString);
      }
      assertTrue(done.contains("start"), done::toString);
    }
  }

  @Test
  void aDropStartsTheThreadThatGivesSegmentsBack() throws IOException {
    Path folder = scratch.resolve("log");
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      rollUntilMarked(log, folder);
    }
    assertTrue(Files.exists(folder.resolve(SegmentNames.segment(0))));
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      log.dropBefore(log.head());
      awaitRemoval(folder.resolve(SegmentNames.segment(0)));
    }
  }

  @Test
  void whatAKillLeftIsGoneAfterASessionThatFilledNoBlock() throws IOException {
    Path folder = scratch.resolve("log");
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      rollUntilMarked(log, folder);
    }
    Path pool = Files.write(folder.resolve(SegmentNames.pool(7)), new byte[SEGMENT]);
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertTrue(log.end() > 0);
    }
    assertFalse(Files.exists(pool));
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

  private static void awaitRemoval(Path file) {
    while (Files.exists(file)) {
      Thread.onSpinWait();
    }
  }

  /** Copies what a kill would leave; once more where a file gets another name meanwhile. */
  private static void copy(Path from, Path to) throws IOException {
    boolean renamed = true;
    while (renamed) {
      try {
        copyFiles(from, to);
        renamed = false;
      } catch (NoSuchFileException gone) {
        for (Path copied : files(to)) {
          Files.delete(copied);
        }
      }
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
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
