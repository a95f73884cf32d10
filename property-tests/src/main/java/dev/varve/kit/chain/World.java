package dev.varve.kit.chain;

import dev.varve.chain.BlobContainer;
import java.time.Duration;

/**
 * What the actors of one schedule share: containers at whose requests they take turns, and a clock
 * that only moves with them. A request takes a millisecond.
 *
 * <p>Outside of the schedule, when the scenario is made and checked, nobody takes turns, and a
 * sleep only moves the clock.
 */
public final class World {
  private final Turns turns;

  World(Turns turns) {
    this.turns = turns;
  }

  /** A container before each of whose requests another actor may have its turn. */
  public BlobContainer container(BlobContainer inner) {
    return new ScheduledContainer(inner, turns);
  }

  /** Another actor may have its turn. */
  public void pause(String what) {
    turns.pause(what);
  }

  /** Sleeps: others go on, and the clock moves to the end of the sleep when this one does. */
  public void sleep(Duration duration) {
    turns.sleep(duration.toNanos());
  }

  /** Nanoseconds of the schedule's clock, 0 at its start. */
  public long nanos() {
    return turns.nanos();
  }
}
