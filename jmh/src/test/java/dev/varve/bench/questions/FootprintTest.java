package dev.varve.bench.questions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fork tells of the disk, and what it does not know. */
class FootprintTest {
  @TempDir Path folder;

  @AfterEach
  void alone() {
    System.clearProperty(Footprint.AMONG_OTHERS);
    System.clearProperty(Footprint.PROPERTY);
  }

  @Test
  void amongOthersItIsNotKnownWhatTheDeviceWrote() throws IOException {
    System.setProperty(Footprint.AMONG_OTHERS, "true");
    assertEquals(Double.NaN, Footprint.written(folder));
  }

  @Test
  void whatIsNotKnownStaysSoOnTheWayOut() throws IOException {
    Path file = folder.resolve("footprint");
    System.setProperty(Footprint.PROPERTY, file.toString());
    Footprint left = new Footprint(3, 2, 1, Double.NaN);
    left.leave();
    assertEquals(left, Footprint.take(file));
    assertEquals(Footprint.UNKNOWN, Footprint.take(file));
  }

  @Test
  void whatWaitsIsWrittenBackWhereThereIsAFolder() {
    assertTrue(Footprint.writeBack(folder));
    assertFalse(Footprint.writeBack(folder.resolve("none")));
  }
}
