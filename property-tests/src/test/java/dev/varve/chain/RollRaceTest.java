package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.StorageDriver;
import dev.varve.kit.chain.Actor;
import dev.varve.kit.chain.Interleaving;
import dev.varve.kit.chain.Scenario;
import dev.varve.kit.chain.World;
import dev.varve.kit.history.HistoryRecorder;
import dev.varve.kit.history.RecordedStream;
import dev.varve.kit.history.Refusals;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writers race through rolls in every order in which their requests can reach the service: who has
 * not seen the end is refused (P7), in an empty new link as well.
 */
final class RollRaceTest {
  private static final int APPEND_BYTES = 1 << 16;
  private static final int BUFFER_BYTES = 1 << 14;

  @ParameterizedTest
  @CsvSource({"1,3", "2,3", "3,2"})
  void twoWritersNeverMissOneAnother(int blocks, int preemptions) {
    assertRaces(100, preemptions, world -> new ChainRace(world, blocks, 2, 3));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,1"})
  void threeWritersNeverMissOneAnother(int blocks, int preemptions) {
    assertRaces(100, preemptions, world -> new ChainRace(world, blocks, 3, 2));
  }

  /** The trap of the original: a full link is refused before the position is looked at. */
  @ParameterizedTest
  @CsvSource({"1,2", "2,2", "3,2"})
  void aStaleWriterNeverEntersANewLink(int blocks, int preemptions) {
    assertRaces(10, preemptions, world -> new StaleRace(world, blocks));
  }

  private static void assertRaces(int atLeast, int preemptions, Function<World, Scenario> race) {
    int schedules = Interleaving.exhaustive(preemptions).run(race);
    assertTrue(schedules >= atLeast, "only " + schedules + " schedules");
  }

  /** One fills and rolls, the other goes on expecting the first end it has seen. */
  private static final class StaleRace implements Scenario {
    private final InMemoryContainer container;
    private final HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
    private final RecordedStream stale;
    private final RecordedStream busy;
    private final long seen;
    private int staleAccepted;
    private int busyAccepted;

    StaleRace(World world, int blocks) {
      container = new InMemoryContainer(new BlobLimits(APPEND_BYTES, blocks));
      stale = recorder.stream(open(world, 1), 0, 0, BUFFER_BYTES);
      busy = recorder.stream(open(world, 2), 1, 1, BUFFER_BYTES);
      seen = stale.append(0, 1) instanceof Appended appended ? appended.end() : -1;
    }

    private StorageDriver open(World world, int seed) {
      return BlobChainDriver.open(world.container(container), ChainRace.options(world, seed));
    }

    @Override
    public List<Actor> actors() {
      return List.of(new Actor("stale", this::insist), new Actor("busy", this::fill));
    }

    private void insist() {
      for (int k = 0; k < 3; k++) {
        staleAccepted += stale.append(seen, 1) instanceof Appended ? 1 : 0;
      }
    }

    private void fill() {
      long expected = seen;
      for (int k = 0; k < 3; k++) {
        Append answer = busy.append(expected, 1);
        if (answer instanceof Appended appended) {
          busyAccepted++;
          expected = appended.end();
        } else {
          expected = assertInstanceOf(Outdated.class, answer).end();
        }
      }
    }

    @Override
    public void check() {
      recorder.history().assertLinearizable(Refusals.MAY_TELL_A_FORMER_END);
      assertTrue(staleAccepted <= 1, "a stale append was accepted");
      assertTrue(busyAccepted + staleAccepted >= 3, "an append was lost");
    }
  }
}
