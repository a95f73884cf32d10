package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.segment.HookedIo;
import dev.varve.segment.LogOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller of a stream is told when the disk fails (P5, P6). */
final class SegmentDriverFailureTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(1 << 14).withPreparedSegments(1);

  @TempDir Path folder;

  private final AtomicBoolean noSpace = new AtomicBoolean();
  private final AtomicBoolean failSync = new AtomicBoolean();
  private final HookedIo io =
      new HookedIo(
          (operation, name) -> {
            if (operation.equals("allocate") && name.startsWith("pool") && noSpace.get()) {
              throw new StorageException.Full("planted", null);
            }
            if (operation.equals("sync") && name.equals("pool000000.free") && failSync.get()) {
              throw new StorageException.Unavailable("planted");
            }
          });

  private static EventBatch event(long key) {
    return EventBatch.of(key, new byte[80]);
  }

  private SegmentDriver openFailing() {
    return SegmentDriver.open(folder, SMALL.withIo(io));
  }

  @Test
  void aSyncThatFailsLeavesTheOutcomeOpenUntilTheStreamIsOpenedAgain() {
    SegmentDriver driver = openFailing();
    long end = assertInstanceOf(Append.Appended.class, driver.append(0, event(1))).end();
    failSync.set(true);
    Append.Unknown unknown = assertInstanceOf(Append.Unknown.class, driver.append(end, event(2)));
    assertInstanceOf(StorageException.Unknown.class, unknown.cause());
    failSync.set(false);
    assertThrows(StorageException.Poisoned.class, () -> driver.append(end, event(3)));
    assertShowsOneEvent(driver, end);
    assertEquals(new Append.Outdated(end), driver.append(0, event(3)));
    driver.close();
    try (SegmentDriver again = SegmentDriver.open(folder)) {
      assertTrue(again.end() > end, "a process that ends loses nothing that was stored");
      assertEquals(2, again.lastKey());
      assertEquals(new Append.Outdated(again.end()), again.append(end, event(3)));
    }
  }

  /** What was stored and not synced is neither read nor counted. */
  private static void assertShowsOneEvent(SegmentDriver driver, long end) {
    EventBuffer buffer = new EventBuffer(1 << 12);
    assertEquals(end, driver.end());
    assertEquals(1, driver.lastKey());
    assertEquals(end, driver.read(0, buffer));
    assertEquals(1, buffer.count());
    assertEquals(end, driver.seek(2, 0));
    assertEquals(end, driver.read(end, buffer));
    assertEquals(0, buffer.count());
    assertEquals(new Append.Appended(end, end), driver.append(end, new EventBatch()));
  }

  @Test
  void aFullDiskRefusesTheAppendAndNothingWasApplied() {
    SegmentDriver driver = openFailing();
    noSpace.set(true);
    assertThrows(StorageException.Full.class, () -> appendForever(driver));
    long end = driver.end();
    long lastKey = driver.lastKey();
    assertThrows(StorageException.Poisoned.class, () -> driver.append(end, event(3)));
    assertEquals(end, driver.end());
    driver.close();
    try (SegmentDriver again = SegmentDriver.open(folder)) {
      assertEquals(end, again.end());
      assertEquals(lastKey, again.lastKey());
      assertInstanceOf(Append.Appended.class, again.append(end, event(3)));
    }
  }

  private static void appendForever(SegmentDriver driver) {
    for (long key = 1; key < 10_000; key++) {
      assertInstanceOf(Append.Appended.class, driver.append(driver.end(), event(key)));
    }
  }
}
