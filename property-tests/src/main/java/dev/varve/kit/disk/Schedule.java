package dev.varve.kit.disk;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Which of the threads that are about to call the disk goes on. */
@FunctionalInterface
public interface Schedule {
  /** One of {@code count} threads, at least two, in the order in which the disk met them. */
  int choose(int count);

  /** The thread that met the disk first, mostly the caller; the others while it waits. */
  static Schedule callerFirst() {
    return count -> 0;
  }

  /** The thread that was started last. */
  static Schedule backgroundFirst() {
    return count -> count - 1;
  }

  /** Any of them. */
  static Schedule random(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    return random::nextInt;
  }
}
