package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.contract.SegmentLogUnderTest;
import dev.varve.kit.CrashReport;
import dev.varve.kit.CrashRunner;
import dev.varve.kit.CrashWorkload;
import dev.varve.kit.RecordLogFactory;
import dev.varve.kit.RecordLogTraits;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.FixedIo;
import dev.varve.support.Tried;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes below the real page cache of a real kernel, while another process appends: what
 * was durable is there, batches are whole (P1, P2).
 *
 * <p>{@code -Dpower.cuts=N} asks for N cuts per way of writing, {@code -Dpower.seed=S} for other
 * ones. Where no file system of our own can be mounted the reason is printed.
 */
public final class PowerLossTest {
  private static final int CUTS = Integer.getInteger("power.cuts", 3);
  private static final long SEED = Long.getLong("power.seed", 20_260_102);
  private static final int CUTS_OF_LONG_PROFILE = 200;
  private static final double SHARE_OF_LONG_PROFILE = 0.1;
  private static final int LARGEST = 6_000;

  /** Who appends. */
  enum Way {
    POSITIONAL_SYNC(PositionalSync.class, true),
    MAPPED_SYNC(MappedSync.class, true),
    POSITIONAL_NONE(PositionalNone.class, false),
    MAPPED_NONE(MappedNone.class, false);

    private final Class<? extends RecordLogFactory> factory;
    private final boolean sync;

    Way(Class<? extends RecordLogFactory> factory, boolean sync) {
      this.factory = factory;
      this.sync = sync;
    }

    CrashReport run(long seed, int cuts) {
      CrashWorkload workload =
          new CrashWorkload(seed + name().hashCode(), sync ? 2 : 1, LARGEST, true, 1, !sync);
      System.out.printf("%d losses of power of %s with %s%n", cuts, this, workload);
      CrashReport report =
          CrashRunner.run(factory, workload, () -> new FuseMedium(sync, workload.seed()), cuts);
      System.out.println(report);
      return report;
    }
  }

  @BeforeAll
  static void requireFuse() {
    FuseMedium.require();
  }

  /** The control: bytes and names that nobody has synced vanish, those that were synced do not. */
  @Test
  void whatIsNotSyncedVanishes() throws Exception {
    int lostBytes = 0;
    int lostNames = 0;
    for (long seed = 0; seed < 6; seed++) {
      try (FuseMedium medium = new FuseMedium(true, SEED + seed)) {
        afterThese(
            medium,
            "printf old > changed; printf all > kept; sync changed kept; sync .",
            "printf new > changed; printf new > name");
        Path left = medium.left();
        assertEquals("all", Files.readString(left.resolve("kept")));
        lostBytes += Files.readString(left.resolve("changed")).equals("new") ? 0 : 1;
        lostNames += Files.exists(left.resolve("name")) ? 0 : 1;
      }
    }
    assertTrue(lostBytes > 0, "bytes that were not synced have always been there");
    assertTrue(lostNames > 0, "names that were not synced have always been there");
  }

  private static void afterThese(FuseMedium medium, String... commands) throws Exception {
    String script = String.join("; ", commands) + "; echo done; exec sleep 1000";
    Process shell =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(medium.begin().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = shell.inputReader()) {
      assertEquals("done", lines.readLine());
    } finally {
      medium.crash(shell.toHandle());
      shell.waitFor();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDurableSurvivesALossOfPower(Way way) {
    CrashReport report = way.run(SEED, CUTS);
    assertTrue(report.killsInAppend() > 0, () -> "no cut fell into an append: " + report);
  }

  /** The other control: a log that promises too much is found. */
  @Test
  void acknowledgingBeforeTheSyncIsFound() {
    CrashWorkload workload = new CrashWorkload(SEED, 1, LARGEST, true);
    assertThrows(
        AssertionError.class,
        () ->
            CrashRunner.run(
                MappedNone.class, workload, () -> new FuseMedium(true, workload.seed()), 40));
  }

  @Test
  @Tag("long")
  void whatIsDurableSurvivesManyLossesOfPower() {
    long deadline = System.nanoTime() + Tried.share(SHARE_OF_LONG_PROFILE, Duration.ZERO).toNanos();
    long lost = 0;
    long seed = SEED;
    for (int cuts = 0; cuts < CUTS_OF_LONG_PROFILE || System.nanoTime() < deadline; seed += 10) {
      for (Way way : Way.values()) {
        CrashReport report = way.run(seed, 10);
        cuts += report.cycles();
        lost += report.lostUnsynced();
      }
    }
    assertTrue(lost > 0, "what was acknowledged without a sync has always been there");
  }

  /** Small segments, so that power goes in rolls; each mounted folder is another boot's. */
  abstract static class Factory implements RecordLogFactory {
    private final LogOptions options;

    Factory(WritePath path, Durability durability) {
      options =
          LogOptions.defaults()
              .withBlockSize(512)
              .withSegmentSize(8 * 512)
              .withWritePath(path)
              .withDurability(durability);
    }

    @Override
    public RecordLogUnderTest open(Path folder) {
      FixedIo machine = FixedIo.of(String.valueOf(folder.getFileName()), "loss of power");
      return new SegmentLogUnderTest(SegmentLog.open(folder, options.withIo(machine)));
    }

    @Override
    public RecordLogTraits traits() {
      return new RecordLogTraits(LARGEST, 512, true, StorageException.Dropped.class);
    }
  }

  /** Written by position, durable when it returns. */
  public static final class PositionalSync extends Factory {
    /** Created by name in the child. */
    public PositionalSync() {
      super(WritePath.POSITIONAL, Durability.SYNC);
    }
  }

  /** Stored through mappings, durable when it returns. */
  public static final class MappedSync extends Factory {
    /** Created by name in the child. */
    public MappedSync() {
      super(WritePath.MAPPED, Durability.SYNC);
    }
  }

  /** Written by position, durable once it was synced. */
  public static final class PositionalNone extends Factory {
    /** Created by name in the child. */
    public PositionalNone() {
      super(WritePath.POSITIONAL, Durability.NONE);
    }
  }

  /** Stored through mappings, durable once it was synced. */
  public static final class MappedNone extends Factory {
    /** Created by name in the child. */
    public MappedNone() {
      super(WritePath.MAPPED, Durability.NONE);
    }
  }
}
