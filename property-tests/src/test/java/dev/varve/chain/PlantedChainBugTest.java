package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.MemoryDriver;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.chain.Actor;
import dev.varve.kit.chain.FaultScript;
import dev.varve.kit.chain.FaultyContainer;
import dev.varve.kit.chain.Interleaving;
import dev.varve.kit.chain.Scenario;
import dev.varve.kit.chain.World;
import dev.varve.kit.history.HistoryRecorder;
import dev.varve.kit.history.RecordedStream;
import dev.varve.kit.history.Refusals;
import dev.varve.support.ChainMedium;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checker is checked: a driver with a bug is found out by the promise that it breaks, the
 * driver without it is not.
 */
final class PlantedChainBugTest {
  private static final int SEEDS = 20;
  private static final int APPENDS = 20;
  private static final int FAULTS_PER_THOUSAND = 200;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Puts a bug into a driver, or does not. */
  private interface Planting {
    StorageDriver in(StorageDriver right, BlobContainer container, Runnable copy);
  }

  @ParameterizedTest
  @EnumSource
  void plantedBugIsFound(PlantedChainBug bug) {
    AssertionError found = assertThrows(AssertionError.class, () -> search(bug, bug::in));
    String message = String.valueOf(found.getMessage());
    assertTrue(message.contains(bug.promise() + ": "), message);
  }

  @ParameterizedTest
  @EnumSource
  void driverWithoutTheBugPassesTheSame(PlantedChainBug bug) {
    search(bug, (right, container, copy) -> right);
  }

  private static void search(PlantedChainBug bug, Planting planting) {
    switch (bug) {
      case POSITION_NOT_RECHECKED_AFTER_A_ROLL -> raceThroughRolls(planting);
      case BLIND_RETRY_OF_AN_APPEND -> loseAnswers(planting);
      case PUBLISHING_BEFORE_THE_COPY -> readWhileAppending(planting);
    }
  }

  private static void raceThroughRolls(Planting planting) {
    int schedules =
        Interleaving.exhaustive(2)
            .run(
                world ->
                    new ChainRace(
                        world,
                        2,
                        2,
                        3,
                        (container, options) ->
                            planting.in(
                                BlobChainDriver.open(container, options), container, () -> {})));
    assertTrue(schedules > 100, () -> "only " + schedules + " schedules");
  }

  private static void loseAnswers(Planting planting) {
    for (int seed = 1; seed <= SEEDS; seed++) {
      loseAnswers(planting, seed);
    }
  }

  /** Without markers nothing tells whose bytes are there: what has no answer is unknown. */
  private static void loseAnswers(Planting planting, long seed) {
    FaultScript script = FaultScript.seeded(seed, FAULTS_PER_THOUSAND);
    FaultyContainer container =
        new FaultyContainer(new InMemoryContainer(new BlobLimits(BUFFER_BYTES, 3)), script);
    StorageDriver right =
        new ChainMedium(container, ChainOptions.defaults().withMarkers(false)).open();
    HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
    RecordedStream stream =
        recorder.stream(planting.in(right, container, () -> {}), 0, 0, BUFFER_BYTES);
    long expected = 0;
    for (int i = 0; i < APPENDS; i++) {
      expected =
          switch (stream.append(expected, 1)) {
            case Append.Appended appended -> appended.end();
            case Append.Outdated outdated -> outdated.end();
            case Append.Unknown unknown -> stream.end();
          };
    }
    readTo(stream, stream.end());
    recorder.history().assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
  }

  private static void readWhileAppending(Planting planting) {
    int schedules =
        Interleaving.exhaustive(2)
            .run(
                world -> {
                  StorageDriver driver =
                      planting.in(
                          new MemoryDriver(),
                          new InMemoryContainer(BlobLimits.AZURE),
                          () -> world.pause("copy"));
                  return new Publication(world, driver);
                });
    assertTrue(schedules > 1, "only one schedule");
  }

  private static void readTo(RecordedStream stream, long end) {
    long at = 0;
    while (at < end) {
      long next = stream.read(at);
      if (next == at) {
        throw new AssertionError(
            "P9: the stream was said to end at %d, a reader gets to %d".formatted(end, at));
      }
      at = next;
    }
  }

  /** One appends large batches, the other reads up to the end that it is told. */
  private static final class Publication implements Scenario {
    private final HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
    private final World world;
    private final StorageDriver driver;

    Publication(World world, StorageDriver driver) {
      this.world = world;
      this.driver = driver;
    }

    @Override
    public List<Actor> actors() {
      RecordedStream writer = recorder.stream(driver, 0, 0, BUFFER_BYTES);
      RecordedStream reader = recorder.stream(driver, 0, 1, BUFFER_BYTES);
      return List.of(
          new Actor("writer", () -> append(writer)), new Actor("reader", () -> read(reader)));
    }

    private void append(RecordedStream stream) {
      for (int i = 0; i < 2; i++) {
        world.pause("append");
        Append ignored = stream.append(driver.end(), PlantedChainBug.LARGE);
      }
    }

    private void read(RecordedStream stream) {
      for (int i = 0; i < 2; i++) {
        world.pause("read");
        readTo(stream, stream.end());
      }
    }

    @Override
    public void check() {
      recorder.history().assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
    }
  }
}
