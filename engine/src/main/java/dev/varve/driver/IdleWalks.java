package dev.varve.driver;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few walks that nobody uses now, kept for whoever reads on where one of them stopped: a reader
 * of a whole stream then needs one cursor and not one per read. Safe from any thread.
 */
final class IdleWalks {
  private static final int PLACES = 8;

  private final AtomicReferenceArray<@Nullable EventWalk> places =
      new AtomicReferenceArray<>(PLACES);

  /** The walk that goes on at {@code position}, now the caller's; {@code null} if there is none. */
  @Nullable EventWalk take(long position) {
    for (int place = 0; place < PLACES; place++) {
      EventWalk walk = places.getAcquire(place);
      if (walk != null && walk.next() == position && places.compareAndSet(place, walk, null)) {
        // Somebody may have used it and brought it back between the look and the taking.
        if (walk.next() == position) {
          return walk;
        }
        put(walk);
      }
    }
    return null;
  }

  /** Keeps a walk, in the place of another one if need be. */
  void put(EventWalk walk) {
    for (int place = 0; place < PLACES; place++) {
      if (places.compareAndSet(place, null, walk)) {
        return;
      }
    }
    places.setRelease((int) ((walk.next() >>> 3) % PLACES), walk);
  }
}
