package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.Payloads;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A seed decides which thread calls the disk when, and what is on it then. Now and then, in one of
 * some hundreds or thousands of runs, it does not, and why is not known.
 */
class RepeatedRunTest {
  private static final int SEEDS = Integer.getInteger("repeat.seeds", 100);
  private static final int OPERATIONS = 30;

  @ParameterizedTest
  @EnumSource
  void nearlyEverySeedMakesTheSameThreadsCallInTheSameOrder(SegmentLogOnDisk log)
      throws InterruptedException {
    List<List<String>> first = CrashCases.simulate(() -> runs(log));
    List<List<String>> second = CrashCases.simulate(() -> runs(log));
    List<Integer> differing =
        IntStream.range(0, SEEDS)
            .filter(seed -> !first.get(seed).equals(second.get(seed)))
            .boxed()
            .toList();
    assertTrue(differing.size() <= SEEDS / 33, () -> "seeds whose runs differ: " + differing);
  }

  private static List<List<String>> runs(SegmentLogOnDisk log) {
    List<List<String>> runs = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      runs.add(calls(log, seed));
    }
    return runs;
  }

  private static List<String> calls(SegmentLogOnDisk log, long seed) {
    SimulatedDisk disk = new SimulatedDisk(SegmentLogCrashTest.FINE, Schedule.random(seed));
    List<String> calls = new ArrayList<>();
    disk.watch(() -> calls.add(Thread.currentThread().getName() + " " + cached(disk)));
    SplittableRandom random = new SplittableRandom(seed);
    RecordLogUnderTest open = log.open(disk);
    for (int i = 0; i < OPERATIONS; i++) {
      open = perform(SegmentLogCrashTest.operation(random.nextLong()), open, log, disk);
    }
    open.close();
    return calls;
  }

  /** A hash of what the page cache holds. */
  private static long cached(SimulatedDisk disk) {
    return disk.crashPoint().powerLoss(count -> count - 1).hash();
  }

  private static RecordLogUnderTest perform(
      Operation operation, RecordLogUnderTest open, SegmentLogOnDisk log, SimulatedDisk disk) {
    long ignored =
        switch (operation) {
          case Operation.Append append -> open.append(payload(append.length()));
          case Operation.Batch batch ->
              open.appendBatch(batch.lengths().stream().map(RepeatedRunTest::payload).toList());
          case Operation.Drop drop -> drop(open);
          case Operation.Reopen reopen -> closed(open);
          default -> open.sync();
        };
    return operation instanceof Operation.Reopen ? log.open(disk) : open;
  }

  private static byte[] payload(int length) {
    return Payloads.bytes(1, length, length);
  }

  private static long drop(RecordLogUnderTest open) {
    long newest = open.head();
    open.dropBefore(newest < 0 ? open.end() : newest);
    return newest;
  }

  private static long closed(RecordLogUnderTest open) {
    open.close();
    return 0;
  }
}
