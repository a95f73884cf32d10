package dev.varve.model;

import dev.varve.segment.CheckKind;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Whatever is done to a log, it is the list of what was appended (P1, P2, P9): after each step, in
 * both directions, from any position, and after each way of ending.
 */
final class SegmentLogProperties {
  private static final String SEED = "20260101";
  private static final int TRIES = 120;
  private static final int LONGEST_HISTORY = 60;

  /** A few segments of the tiny geometry. */
  private static final int LONG_RECORD = 3 * TestLogs.TINY_SEGMENT;

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void mappedLogIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tinyUnsynced(), steps);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void positionalLogIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tiny().withDurability(Durability.SYNC), steps);
  }

  @Property(seed = SEED, tries = TRIES / 2, shrinking = ShrinkingMode.BOUNDED)
  void positionalLogWithoutSyncIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tinyUnsynced().withWritePath(WritePath.POSITIONAL), steps);
  }

  @Property(seed = SEED, tries = TRIES / 2, shrinking = ShrinkingMode.BOUNDED)
  void mappedAndSyncedLogIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(TestLogs.tiny().withDurability(Durability.SYNC).withWritePath(WritePath.MAPPED), steps);
  }

  @Property(seed = SEED, tries = TRIES / 2, shrinking = ShrinkingMode.BOUNDED)
  void logWithThreeBlocksAndNoPreparedSegmentsIsItsHistory(@ForAll("histories") List<Step> steps) {
    run(
        TestLogs.tinyUnsynced().withSegmentSize(3 * TestLogs.TINY_BLOCK).withPreparedSegments(1),
        steps);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void mappedLogOfTheSeedsKindIsItsHistory(@ForAll("wholeRecordHistories") List<Step> steps) {
    run(TestLogs.tinyUnsynced().withCheck(CheckKind.MD5), steps);
  }

  @Property(seed = SEED, tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void positionalLogOfTheSeedsKindIsItsHistory(@ForAll("wholeRecordHistories") List<Step> steps) {
    run(TestLogs.tiny().withCheck(CheckKind.MD5), steps);
  }

  private static void run(LogOptions options, List<Step> steps) {
    try (History history = new History(options)) {
      steps.forEach(history::take);
      history.verify();
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> lengths = lengths(LONG_RECORD);
    return steps(lengths, lengths.list().ofMinSize(1).ofMaxSize(8).map(Step.AppendBatch::new));
  }

  @Provide
  Arbitrary<List<Step>> wholeRecordHistories() {
    Arbitrary<Integer> lengths = lengths(TestLogs.longestWhole(TestLogs.TINY_BLOCK));
    return steps(lengths, lengths.map(length -> new Step.AppendBatch(List.of(length))));
  }

  /** Small ones, those that leave a few bytes or none in a block, and any. */
  private static Arbitrary<Integer> lengths(int longest) {
    int whole = TestLogs.longestWhole(TestLogs.TINY_BLOCK);
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.integers().between(0, 40)),
        Tuple.of(2, Arbitraries.integers().between(whole - 80, whole)),
        Tuple.of(1, Arbitraries.integers().between(0, longest)));
  }

  private static Arbitrary<List<Step>> steps(
      Arbitrary<Integer> lengths, Arbitrary<Step.AppendBatch> batches) {
    Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 1000);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(20, lengths.map(Step.Append::new)),
            Tuple.of(6, batches.map(Step.class::cast)),
            Tuple.of(2, Arbitraries.of(new Step.Sync(), new Step.Verify())),
            Tuple.of(2, thousandths.map(Step.Drop::new)),
            Tuple.of(2, Arbitraries.of(new Step.Reopen())),
            Tuple.of(2, either.map(Step.Crash::new)),
            Tuple.of(4, Combinators.combine(either, thousandths).as(Step.Walk::new)),
            Tuple.of(2, Combinators.combine(either, thousandths).as(Step.WalkFromFormerEnd::new)),
            Tuple.of(4, thousandths.map(Step.Read::new)));
    return step.list().ofMaxSize(LONGEST_HISTORY);
  }
}
