package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** P1: records that are encoded while a block is being written leave nothing that looks damaged. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TornWriteTest {
  private static final int FRONT = 100;

  @TempDir Path folder;

  private Runnable meanwhile = () -> {};
  private final AtomicInteger syncs = new AtomicInteger();

  @Test
  void aKillBehindAWriteThatWasOvertakenLosesNothingAcknowledged() throws IOException {
    for (CheckKind check : CheckKind.values()) {
      Path killed = folder.resolve("killed-" + check);
      LogOptions options = LogOptions.defaults().withBlockSize(256).withSegmentSize(512);
      HookedIo io = new HookedIo((operation, name) -> onCall(operation, name, check), FRONT);
      SegmentLog log =
          SegmentLog.open(folder.resolve("log-" + check), options.withCheck(check).withIo(io));
      meanwhile = () -> appendTwo(log);
      assertEquals(0, log.append(new byte[20]));
      log.close();
      try (SegmentLog found = SegmentLog.open(killed)) {
        assertArrayEquals(new byte[20], found.read(0));
        assertEquals(List.of(), found.verify().damages(), "with " + check);
      }
    }
  }

  /** Between the front and the rest of the block two more records are encoded. */
  private void onCall(String operation, String name, CheckKind check) {
    if (!name.equals(SegmentNames.pool(0))) {
      return;
    }
    if (operation.equals("writeRest")) {
      meanwhile.run();
    }
    if (operation.equals("sync") && syncs.getAndSet(0) == 1) {
      copy(folder.resolve("log-" + check), folder.resolve("killed-" + check));
    }
  }

  /** One frame before the place where the write stands, and one behind it. */
  private void appendTwo(SegmentLog log) {
    meanwhile = () -> {};
    assertFalse(log.appendAsync(new byte[FRONT - 68]).isDone());
    assertFalse(log.appendAsync(new byte[20]).isDone());
    syncs.set(1);
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectory(to);
      for (String name : List.of(SegmentNames.SUPERBLOCK, SegmentNames.segment(0))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
