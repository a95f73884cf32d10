package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.chain.Actor;
import dev.varve.kit.chain.Scenario;
import dev.varve.kit.chain.World;
import dev.varve.kit.history.HistoryRecorder;
import dev.varve.kit.history.RecordedStream;
import dev.varve.kit.history.Refusals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Each writer appends until it has been accepted so often, and looks again when refused. */
final class ChainRace implements Scenario {
  private static final int APPEND_BYTES = 1 << 16;
  private static final int BUFFER_BYTES = 1 << 14;

  private final InMemoryContainer container;
  private final HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
  private final List<Actor> actors = new ArrayList<>();
  private final int expectedAppends;

  /** Opens a writer's driver. */
  interface Opener {
    /** A driver of the chain in this container. */
    StorageDriver open(BlobContainer container, ChainOptions options);
  }

  ChainRace(World world, int blocks, int writers, int appends) {
    this(world, blocks, writers, appends, BlobChainDriver::open);
  }

  ChainRace(World world, int blocks, int writers, int appends, Opener opener) {
    container = new InMemoryContainer(new BlobLimits(APPEND_BYTES, blocks));
    expectedAppends = writers * appends;
    for (int writer = 0; writer < writers; writer++) {
      StorageDriver driver = opener.open(world.container(container), options(world, writer));
      RecordedStream stream = recorder.stream(driver, writer, writer, BUFFER_BYTES);
      actors.add(new Actor("writer " + writer, () -> append(stream, appends)));
    }
  }

  /** Options of a driver that waits on the clock of the world. */
  static ChainOptions options(World world, int seed) {
    return ChainOptions.defaults()
        .withRandom(new Random(seed))
        .withExecutor(Runnable::run)
        .withDeadline(Duration.ofDays(1))
        .withTiming(
            new Timing() {
              @Override
              public long nanoTime() {
                return world.nanos();
              }

              @Override
              public void sleep(Duration duration) {
                world.sleep(duration);
              }
            });
  }

  private static void append(RecordedStream stream, int appends) {
    long expected = 0;
    int accepted = 0;
    while (accepted < appends) {
      Append answer = stream.append(expected, 1);
      if (answer instanceof Appended appended) {
        expected = appended.end();
        accepted++;
      } else {
        expected = assertInstanceOf(Outdated.class, answer).end();
      }
    }
  }

  @Override
  public List<Actor> actors() {
    return actors;
  }

  @Override
  public void check() {
    StorageDriver driver = BlobChainDriver.open(container, ChainOptions.defaults());
    RecordedStream reader = recorder.stream(driver, actors.size(), actors.size(), 1 << 16);
    assertEquals(reader.end(), reader.read(0));
    recorder.history().assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
    long accepted =
        recorder.history().operations().stream()
            .filter(operation -> operation.toString().contains("appended at"))
            .count();
    assertEquals(expectedAppends, accepted);
  }
}
