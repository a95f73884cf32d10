package dev.varve.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.CrashReport;
import dev.varve.kit.CrashRunner;
import dev.varve.kit.CrashWorkload;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.support.Tried;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the log has acknowledged survives {@code kill -9} (P1, P2, P4).
 *
 * <p>{@code -Dkill.cycles=N} asks for N kills per scene instead of a few, {@code -Dkill.seed=S} for
 * other ones. The long profile goes through all scenes until there were a thousand kills.
 */
public final class KillTest {
  private static final int CYCLES = Integer.getInteger("kill.cycles", 4);
  private static final long SEED = Long.getLong("kill.seed", 20_260_101);
  private static final int KILLS_OF_LONG_PROFILE = 1_000;
  private static final double SHARE_OF_LONG_PROFILE = 0.15;

  /** Who appends what to how many logs. */
  enum Scene {
    SYNC(Synced.class, 1, 6_000, 1, false),
    GROUPS_OF_SYNC(Synced.class, 3, 6_000, 1, false),
    NONE(Unsynced.class, 1, 200_000, 1, false),
    INTERVAL_ON_TWO_LOGS(SyncedByInterval.class, 2, 6_000, 2, false),
    SYNC_WITH_RETENTION(Synced.class, 1, 6_000, 1, true),
    NONE_WITH_RETENTION_ON_TWO_LOGS(Unsynced.class, 1, 20_000, 2, true);

    private final Class<? extends SegmentLogFactory> factory;
    private final int writers;
    private final int largestRecord;
    private final int logs;
    private final boolean retention;

    Scene(
        Class<? extends SegmentLogFactory> factory,
        int writers,
        int largestRecord,
        int logs,
        boolean retention) {
      this.factory = factory;
      this.writers = writers;
      this.largestRecord = largestRecord;
      this.logs = logs;
      this.retention = retention;
    }

    CrashReport run(long seed, int cycles) {
      CrashWorkload workload =
          new CrashWorkload(
              seed + name().hashCode(), writers, largestRecord, true, logs, retention);
      System.out.printf("%d kills of %s with %s%n", cycles, this, workload);
      CrashReport report = CrashRunner.run(factory, workload, cycles);
      System.out.println(report);
      Tried.add("kills", report.cycles());
      return report;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAcknowledgedSurvivesKills(Scene scene) {
    CrashReport report = scene.run(SEED, CYCLES);
    assertTrue(report.killsInAppend() > 0, () -> "no kill fell into an append: " + report);
  }

  @Test
  @Tag("long")
  void whatIsAcknowledgedSurvivesAThousandKills() {
    long deadline = System.nanoTime() + Tried.share(SHARE_OF_LONG_PROFILE, Duration.ZERO).toNanos();
    long seed = SEED;
    for (int kills = 0; kills < KILLS_OF_LONG_PROFILE || System.nanoTime() < deadline; seed += 10) {
      for (Scene scene : Scene.values()) {
        kills += scene.run(seed, 20).cycles();
      }
    }
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

  /** An append returns when the kernel has it, and is durable soon after. */
  public static final class SyncedByInterval extends SegmentLogFactory {
    /** Created by name in the child. */
    public SyncedByInterval() {
      super(smallSegments().withDurability(Durability.interval(Duration.ofMillis(2))));
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
