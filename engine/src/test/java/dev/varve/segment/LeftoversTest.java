package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that an earlier session left: when they go, and what they cannot do until then. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeftoversTest {
  private static final int SEGMENT = 1024;
  private static final LogOptions SMALL =
      LogOptions.defaults()
          .withBlockSize(256)
          .withSegmentSize(SEGMENT)
          .withDurability(Durability.NONE);

  /** Two of the pool, the first and one further on, and the named segment ahead of the end. */
  private static final List<String> LEFT =
      List.of(SegmentNames.pool(0), SegmentNames.pool(2), SegmentNames.segment(SEGMENT));

  @TempDir Path folder;

  @BeforeEach
  void leave() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertEquals(0, log.append(new byte[] {1}));
    }
    for (String name : LEFT) {
      byte[] content = new byte[SEGMENT];
      if (SegmentNames.isPool(name)) {
        content[7] = 7;
      }
      Files.write(folder.resolve(name), content);
    }
  }

  @Test
  void anOpeningDoesNotWaitUntilTheyAreRemoved() {
    CountDownLatch removal = new CountDownLatch(1);
    HookedIo held =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("unlink")) {
                Threads.restore(await(removal));
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(held))) {
      assertTrue(names().contains(SegmentNames.pool(0)));
      assertArrayEquals(new byte[] {1}, log.read(0));
      assertTrue(log.append(new byte[] {2}) > 0);
      removal.countDown();
    }
    assertOnlyTheLogIsLeft();
  }

  private static boolean await(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  @Test
  void noNewFileGetsTheNameOfOne() {
    List<String> made = new CopyOnWriteArrayList<>();
    HookedIo listening =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("create") || operation.equals("rename")) {
                made.add(name);
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(listening))) {
      fillSegments(log, 6);
      log.dropBefore(log.head());
      fillSegments(log, 6);
    }
    assertTrue(made.contains(SegmentNames.pool(1)));
    assertFalse(made.contains(SegmentNames.pool(0)));
    assertFalse(made.contains(SegmentNames.pool(2)));
  }

  private static void fillSegments(SegmentLog log, int segments) {
    long limit = log.end() + (long) segments * SEGMENT;
    while (log.end() < limit) {
      assertTrue(log.append(new byte[100]) >= 0);
    }
  }

  @Test
  void theirSpaceIsFreeBeforeTheDiskIsCalledFull() {
    HookedIo full = new HookedIo(this::refuseWhileTheyAreThere);
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(full))) {
      fillSegments(log, 3);
    }
  }

  @Test
  void theirSpaceIsFreeBeforeAShortTailSegmentGrows() throws IOException {
    try (FileChannel tail =
        FileChannel.open(folder.resolve(SegmentNames.segment(0)), StandardOpenOption.WRITE)) {
      assertEquals(256, tail.truncate(256).size());
    }
    HookedIo full = new HookedIo(this::refuseWhileTheyAreThere);
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(full))) {
      assertArrayEquals(new byte[] {1}, log.read(0));
    }
  }

  private void refuseWhileTheyAreThere(String operation, String name) {
    if (operation.equals("allocate") && names().contains(SegmentNames.pool(2))) {
      throw new StorageException.Full("planted", null);
    }
  }

  @Test
  void oneThatCannotBeRemovedDoesNotKeepALogFromClosing() throws IOException {
    HookedIo stubborn =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("unlink")) {
                throw new StorageException.Unavailable("planted", new IOException());
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(stubborn))) {
      assertTrue(log.append(new byte[] {2}) > 0);
    }
    assertTrue(names().contains(SegmentNames.pool(2)));
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      assertTrue(log.recovery().cleanEnd());
    }
    assertOnlyTheLogIsLeft();
  }

  @Test
  void thoseThatStayGoWithTheNextOpening() {
    HookedIo stuck =
        new HookedIo(
            (operation, name) -> {
              if (operation.equals("unlink")) {
                throw new StorageException.Unavailable("planted");
              }
            });
    try (SegmentLog log = SegmentLog.open(folder, SMALL.withIo(stuck))) {
      assertThrows(StorageException.Unavailable.class, () -> fillSegments(log, 2));
    }
    assertTrue(names().contains(SegmentNames.pool(2)));
    assertFalse(names().contains(SegmentNames.segment(SEGMENT)), "the discarded one is pool now");
    try (SegmentLog log = SegmentLog.open(folder, SMALL)) {
      fillSegments(log, 2);
    }
    assertTrue(names().stream().noneMatch(SegmentNames::isPool));
  }

  @Test
  void aReaderLeavesThemAlone() {
    List<String> before = names();
    try (SegmentLog log = SegmentLog.openReadOnly(folder, SMALL)) {
      assertArrayEquals(new byte[] {1}, log.read(0));
    }
    assertEquals(before, names());
  }

  private void assertOnlyTheLogIsLeft() {
    List<String> segmentsAndPool =
        names().stream()
            .filter(name -> SegmentNames.isSegment(name) || SegmentNames.isPool(name))
            .toList();
    assertEquals(List.of(SegmentNames.segment(0)), segmentsAndPool);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
