package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Streams.Event;
import dev.varve.kit.CrashReport;
import dev.varve.kit.CrashRunner;
import dev.varve.kit.CrashWorkload;
import dev.varve.kit.RecordLogFactory;
import dev.varve.kit.RecordLogTraits;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.support.ChildJvm;
import dev.varve.support.Tried;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a stream has acknowledged survives {@code kill -9}, and nobody's view of its end is mistaken
 * for the present one (P1, P2, P6).
 *
 * <p>{@code -Dkill.cycles=N} asks for N kills instead of a few, {@code -Dkill.seed=S} for other
 * ones.
 */
public final class SegmentDriverKillTest {
  private static final int CYCLES = Integer.getInteger("kill.cycles", 4);
  private static final long SEED = Long.getLong("kill.seed", 20_260_101);
  private static final int LARGEST = 6_000;

  /** Small segments, so that kills fall into rolls. */
  private static SegmentDriver open(Path folder) {
    return SegmentDriver.open(
        folder, LogOptions.defaults().withBlockSize(512).withSegmentSize(8 * 512));
  }

  @Test
  void contendingAppendsSurviveKills() {
    CrashWorkload workload = new CrashWorkload(SEED + 3, 3, LARGEST, true);
    CrashReport report = CrashRunner.run(Factory.class, workload, CYCLES);
    System.out.println(report);
    Tried.add("kills", report.cycles());
    assertTrue(report.killsInAppend() > 0, () -> "no kill fell into an append: " + report);
  }

  /** Acknowledged ends are told line by line, each for one event more. */
  @Test
  void anAcknowledgedEndIsTheEndOrOutdatedAfterAKill() {
    try (ScratchFolder scratch = ScratchFolder.onDisk()) {
      Path folder = scratch.path().resolve("stream");
      long acknowledged = 0;
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        int more = 1 + (int) ((SEED + cycle * 17L) % 40);
        try (ChildJvm child = ChildJvm.start(Appending.class, folder.toString())) {
          for (int line = 0; line < more; line++) {
            acknowledged = Long.parseLong(child.line());
          }
        }
        acknowledged = check(folder, acknowledged);
      }
      Tried.add("kills", CYCLES);
    }
  }

  /** The stream is the first so many events, those acknowledged included. */
  private static long check(Path folder, long acknowledged) {
    try (SegmentDriver driver = open(folder)) {
      List<Event> events = Streams.read(driver, 0);
      for (int i = 0; i < events.size(); i++) {
        assertEquals(Streams.event(i).at(events.get(i).position()), events.get(i));
      }
      long end = driver.end();
      assertTrue(acknowledged <= end, () -> "acknowledged " + acknowledged + ", ends at " + end);
      assertEquals(List.of(), Streams.read(driver, end));
      Event next = Streams.event(events.size());
      EventBatch batch = EventBatch.of(next.key(), next.content());
      Append outcome = driver.append(acknowledged, batch);
      if (acknowledged < end) {
        assertEquals(new Append.Outdated(end), outcome);
        return end;
      }
      assertEquals(outcome, new Append.Appended(positionBehind(driver, end), driver.end()));
      return driver.end();
    }
  }

  private static long positionBehind(SegmentDriver driver, long end) {
    List<Event> behind = Streams.read(driver, end);
    assertEquals(1, behind.size());
    return behind.getFirst().position();
  }

  /** The process that is killed. */
  static final class Appending {
    private Appending() {}

    /** Appends to the stream in the folder until killed, and tells every end. */
    public static void main(String[] arguments) {
      SegmentDriver driver = open(Path.of(arguments[0]));
      for (int number = Streams.read(driver, 0).size(); ; number++) {
        System.out.println(Streams.appended(driver, Streams.event(number)).end());
      }
    }
  }

  /** Opens a stream as a log of records. */
  public static final class Factory implements RecordLogFactory {
    /** Created by name in the child. */
    public Factory() {}

    @Override
    public RecordLogUnderTest open(Path folder) {
      return new StreamOfRecords(SegmentDriverKillTest.open(folder));
    }

    @Override
    public RecordLogTraits traits() {
      return new RecordLogTraits(LARGEST, 512, true, IllegalArgumentException.class);
    }
  }
}
