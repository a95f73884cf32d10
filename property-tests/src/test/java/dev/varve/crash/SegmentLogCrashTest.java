package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.disk.CrashSummary;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.ExhaustiveCrashes;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.RandomCrashes;
import dev.varve.support.Tried;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a crash leaves, the log is a prefix of what was appended with everything acknowledged in
 * it (P1), batches whole (P2), never called damaged (P3), the same after a recovery that crashed
 * (P4), stopped by a fault (P5), at the positions of before (P9), and goes on.
 *
 * <p>{@code -Ddisk.states=N -Ddisk.seed=N} ask for other long programs; {@code -Dreplay=FILE} runs
 * one case again.
 */
class SegmentLogCrashTest {
  /** A small log loses its bytes as finely as one with blocks of 4 KiB on sectors of 512 bytes. */
  static final DiskOptions FINE = DiskOptions.defaults().withSectorBytes(64);

  private static final int LONG_STATES = Integer.getInteger("disk.states", 17_000);

  /** Of the hours that the long profile was given, for each of the four logs. */
  private static final double LONG_PART = 0.15;

  private static final Duration LONG_LEAST = Duration.ofMinutes(1);

  private static List<Operation> operations(String... texts) {
    return Stream.of(texts).map(Operation::parse).toList();
  }

  private static CrashSummary exhaust(
      SegmentLogOnDisk log, DiskOptions disk, int operations, int sectors)
      throws InterruptedException {
    ExhaustiveCrashes crashes =
        new ExhaustiveCrashes(
            log,
            disk,
            operations("append 20"),
            operations(
                "append 20",
                "append 300",
                "batch 20 30",
                "sync",
                "append 224",
                "drop 100",
                "reopen"),
            operations("append 20", "sync"),
            sectors);
    CrashSummary tried = CrashCases.simulate(log, () -> crashes.run(operations));
    System.out.printf(
        "all programs of %d operations, %s: %s, %s%n", operations, log, tried, crashes.coverage());
    CrashCases.count(tried);
    return tried;
  }

  @Test
  void defaultLogKeepsItsPromisesInAllProgramsOfTwoOperations() throws InterruptedException {
    CrashSummary tried = exhaust(SegmentLogOnDisk.POSITIONAL_SYNC, DiskOptions.defaults(), 2, 6);
    assertTrue(tried.states() >= 3_500 && tried.kills() > 2_000, tried::toString);
  }

  @ParameterizedTest
  @EnumSource
  void logKeepsItsPromisesInAllProgramsOfOneOperation(SegmentLogOnDisk log)
      throws InterruptedException {
    CrashSummary tried = exhaust(log, FINE, 1, 6);
    assertTrue(tried.states() >= 2_000 && tried.kills() > 300, tried::toString);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void logKeepsItsPromisesInAllProgramsOfThreeOperations(SegmentLogOnDisk log)
      throws InterruptedException {
    CrashSummary tried = exhaust(log, DiskOptions.defaults(), 3, 12);
    assertTrue(tried.states() >= 20_000 && tried.kills() > 10_000, tried::toString);
  }

  @ParameterizedTest
  @EnumSource
  void logKeepsItsPromisesInLongPrograms(SegmentLogOnDisk log) throws InterruptedException {
    long seed = Long.getLong("disk.seed", 1);
    CrashSummary tried = runLong(log, seed, crashes -> crashes.summary().states() >= LONG_STATES);
    assertTrue(tried.states() >= LONG_STATES, tried::toString);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void logKeepsItsPromisesInLongProgramsForLong(SegmentLogOnDisk log) throws InterruptedException {
    long seed = Long.getLong("disk.seed", System.currentTimeMillis());
    long end = System.nanoTime() + Tried.share(LONG_PART, LONG_LEAST).toNanos();
    CrashSummary tried = runLong(log, seed, crashes -> System.nanoTime() - end > 0);
    assertTrue(tried.states() > 0, tried::toString);
  }

  private static CrashSummary runLong(
      SegmentLogOnDisk log, long seed, Predicate<RandomCrashes> enough)
      throws InterruptedException {
    RandomCrashes crashes = new RandomCrashes(log, FINE, SegmentLogCrashTest::operation);
    CrashSummary tried =
        CrashCases.simulate(log, () -> crashes.runUntil(seed, () -> enough.test(crashes)));
    System.out.printf("long programs from seed %d, %s: %s%n", seed, log, tried);
    CrashCases.count(tried);
    return tried;
  }

  /** Mostly small records, some that need fragments; faults now and then. */
  static Operation operation(long number) {
    SplittableRandom random = new SplittableRandom(number);
    int kind = random.nextInt(100);
    if (kind < 45) {
      return new Operation.Append(length(random));
    }
    if (kind < 60) {
      return new Operation.Batch(
          Stream.generate(() -> length(random)).limit(2 + random.nextInt(3)).toList());
    }
    if (kind < 75) {
      return new Operation.Sync();
    }
    if (kind < 85) {
      return new Operation.Drop(random.nextInt(101));
    }
    if (kind < 94) {
      return new Operation.Reopen();
    }
    return kind < 97
        ? new Operation.FailSync(random.nextInt(4))
        : new Operation.Fill(random.nextInt(1200));
  }

  private static int length(SplittableRandom random) {
    return random.nextInt(4) == 0 ? random.nextInt(700) : random.nextInt(60);
  }

  @Test
  @EnabledIfSystemProperty(
      named = "replay",
      matches = ".+",
      disabledReason = "no case is given with -Dreplay=FILE")
  void caseIsReplayed() throws IOException, InterruptedException {
    CrashCases.replay(System.getProperty("replay", ""));
  }
}
