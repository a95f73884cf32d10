package dev.varve.kit.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a schedule does with actors that do not keep to its rules. */
class TurnsTest {

  @Test
  void anActorThatWaitsForAnotherBesidesTheWorldFailsTheSchedule() {
    CountDownLatch never = new CountDownLatch(1);
    DepthFirst choices = new DepthFirst(0);
    choices.another();
    Turns turns = new Turns(choices, 100, Duration.ofMillis(20));
    List<Actor> actors =
        List.of(new Actor("waits", never::await), new Actor("would help", never::countDown));
    AssertionError error = assertThrows(AssertionError.class, () -> turns.take(actors));
    assertEquals(
        "an actor waits for something that is no request and no sleep", error.getMessage());
    assertEquals(1, never.getCount(), "the other ran at the same time");
    assertEquals(
        List.of("  waits: begin -> ", "Interleaving.replay(\"0\")"),
        turns.toString().lines().toList());
  }
}
