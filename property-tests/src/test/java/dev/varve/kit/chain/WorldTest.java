package dev.varve.kit.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.BlobContainer;
import dev.varve.kit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Sleeping, and scenarios that do not keep to the rules. */
class WorldTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @Test
  void sleepersLetOthersGoAndTheClockFollows() {
    List<String> orders = new ArrayList<>();
    Interleaving.exhaustive(0)
        .run(
            world -> {
              List<String> order = new ArrayList<>();
              return InterleavingTest.scenario(
                  () -> orders.add(order.toString()),
                  new Actor("long", () -> sleepAndNote(world, 5_000, order)),
                  new Actor("short", () -> sleepAndNote(world, 1_000, order)));
            });
    assertEquals(Set.of("[1000, 5000]"), Set.copyOf(orders));
  }

  private static void sleepAndNote(World world, int millis, List<String> order) {
    long before = world.nanos();
    world.sleep(Duration.ofMillis(millis));
    assertTrue(world.nanos() - before >= millis * 1_000_000L, "slept too short");
    order.add(String.valueOf(millis));
  }

  @Test
  void aSleeperMayWakeBeforeOthersGoOnAsAPreemption() {
    List<String> words = new ArrayList<>();
    Function<World, Scenario> sleepy =
        world -> {
          StringBuilder word = new StringBuilder();
          Background.Body sleeper =
              () -> {
                world.sleep(Duration.ofDays(1));
                word.append('s');
              };
          return InterleavingTest.scenario(
              () -> words.add(word.toString()),
              new Actor("sleeper", sleeper),
              new Actor("awake", () -> word.append('a')));
        };
    Interleaving.exhaustive(0).run(sleepy);
    assertFalse(words.contains("sa"));
    Interleaving.exhaustive(1).run(sleepy);
    assertTrue(words.contains("sa"));
  }

  @Test
  void aScheduleWithoutEndFails() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Interleaving.exhaustive(0)
                    .run(
                        world ->
                            InterleavingTest.scenario(
                                () -> {}, new Actor("endless", () -> poll(world)))));
    assertTrue(String.valueOf(error.getMessage()).contains("no end within 10000 steps"));
  }

  private static void poll(World world) {
    for (long slept = 0; slept >= 0; slept++) {
      world.sleep(Duration.ofMillis(1));
    }
  }

  @Test
  void aFailureEndsTheOthers() {
    List<String> seen = new ArrayList<>();
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Interleaving.exhaustive(0)
                    .run(
                        world ->
                            InterleavingTest.scenario(
                                () -> seen.add("check"),
                                new Actor(
                                    "patient",
                                    () -> {
                                      world.sleep(Duration.ofDays(1));
                                      seen.add("woke");
                                    }),
                                new Actor(
                                    "failing",
                                    () -> {
                                      throw new IllegalStateException("on purpose");
                                    }))));
    assertEquals(List.of(), seen);
    assertTrue(String.valueOf(error.getMessage()).contains("on purpose"), error::toString);
  }

  @Test
  void aScenarioThatDoesNotRepeatItselfIsTold() {
    int[] runs = {1};
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Interleaving.exhaustive(0)
                    .run(
                        world -> {
                          List<Actor> actors = new ArrayList<>();
                          for (int i = runs[0]++; i >= 0; i--) {
                            actors.add(new Actor("one of some", () -> world.pause("here")));
                          }
                          return InterleavingTest.scenario(() -> {}, actors.toArray(Actor[]::new));
                        }));
    assertTrue(String.valueOf(error.getMessage()).contains("does not repeat itself"));
  }

  @Test
  void outsideOfAScheduleNobodyTakesTurns() {
    Interleaving.exhaustive(0)
        .run(
            world -> {
              TinyContainer blobs = new TinyContainer(2);
              BlobContainer container = world.container(blobs);
              world.pause("before");
              world.sleep(Duration.ofDays(1));
              assertEquals(Duration.ofDays(1).toNanos(), world.nanos());
              return InterleavingTest.scenario(
                  () -> assertEquals(1, container.list("", TIMEOUT).size()),
                  new Actor("one", () -> container.create("a", Map.of(), TIMEOUT)));
            });
  }

  @Test
  void aThreadThatIsNoActorIsToldSo() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Interleaving.exhaustive(0)
                    .run(
                        world ->
                            InterleavingTest.scenario(
                                () -> {},
                                new Actor(
                                    "one",
                                    () ->
                                        Background.start("other", () -> world.pause("x"))
                                            .join()))));
    assertTrue(String.valueOf(error.getMessage()).contains("that is no actor"), error::toString);
  }
}
