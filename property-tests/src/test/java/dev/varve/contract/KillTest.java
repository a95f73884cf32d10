package dev.varve.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.CrashReport;
import dev.varve.kit.CrashRunner;
import dev.varve.kit.CrashWorkload;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.support.Tried;
import org.junit.jupiter.api.Test;

/**
 * What the log has acknowledged survives {@code kill -9} (P1, P2, P4).
 *
 * <p>{@code -Dkill.cycles=N} asks for N kills per test instead of a few, {@code -Dkill.seed=S} for
 * other ones.
 */
public final class KillTest {
  private static final int CYCLES = Integer.getInteger("kill.cycles", 4);
  private static final long SEED = Long.getLong("kill.seed", 20_260_101);

  @Test
  void syncedAppendsSurviveKills() {
    assertSurvives(Synced.class, new CrashWorkload(SEED, 1, 6_000, true));
  }

  @Test
  void groupsOfSyncedAppendsSurviveKills() {
    assertSurvives(Synced.class, new CrashWorkload(SEED + 1, 3, 6_000, true));
  }

  @Test
  void unsyncedAppendsSurviveKills() {
    assertSurvives(Unsynced.class, new CrashWorkload(SEED + 2, 1, 200_000, true));
  }

  private static void assertSurvives(
      Class<? extends SegmentLogFactory> factory, CrashWorkload workload) {
    System.out.printf("%d kills of %s with %s%n", CYCLES, factory.getSimpleName(), workload);
    CrashReport report = CrashRunner.run(factory, workload, CYCLES);
    System.out.println(report);
    Tried.add("kills", CYCLES);
    assertTrue(report.killsInAppend() > 0, () -> "no kill fell into an append: " + report);
  }

  /** Small segments, so that kills fall into rolls. */
  private static LogOptions smallSegments() {
    return LogOptions.defaults().withBlockSize(512).withSegmentSize(8 * 512);
  }

  /** Every append is durable when it returns. */
  public static final class Synced extends SegmentLogFactory {
    /** Created by name in the child. */
    public Synced() {
      super(smallSegments().withDurability(Durability.SYNC));
    }
  }

  /** An append returns when the kernel has it. */
  public static final class Unsynced extends SegmentLogFactory {
    /** Created by name in the child. */
    public Unsynced() {
      super(smallSegments().withSegmentSize(1 << 16).withDurability(Durability.NONE));
    }
  }
}
