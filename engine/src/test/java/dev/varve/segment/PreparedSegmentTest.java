package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a segment of the positional path before records are written to it. */
class PreparedSegmentTest {
  @TempDir Path folder;

  private List<String> steps(int blockSize) {
    List<String> steps = new CopyOnWriteArrayList<>();
    HookedIo io =
        new HookedIo(
            (operation, name) -> {
              if (name.equals(SegmentNames.pool(0))) {
                steps.add(operation);
              }
            });
    LogOptions options =
        LogOptions.defaults().withBlockSize(blockSize).withSegmentSize(2 * blockSize).withIo(io);
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      assertEquals(0, log.append(new byte[10]));
    }
    return steps;
  }

  @Test
  void itsZerosAreDurableAndThenForgottenByThePageCache() {
    List<String> steps = steps(4096);
    assertEquals(
        List.of("create", "allocate", "zero", "sync", "forgetCached"), steps.subList(0, 5));
  }

  @Test
  void whereBlocksAreSmallerThanPagesThePagesStay() {
    List<String> steps = steps(2048);
    assertTrue(steps.contains("sync"));
    assertFalse(steps.contains("forgetCached"), steps::toString);
  }
}
