package dev.varve.segment;

/**
 * Access to mapped memory whose pages may not be backed any more.
 *
 * <p>The JVM raises the {@link InternalError} of such an access at the next safepoint poll of its
 * thread. Compiled code may reach none before it has left the block that would catch it, and would
 * take garbage for bytes, or an append for done. A loop that the compiler cannot count has a poll
 * at each turn.
 */
final class MappedAccess {
  private static final int TURNS = 4;

  /** Not constant, so that the loop over it is not counted. */
  private static volatile int step = 1;

  private MappedAccess() {}

  /** Raises what the accesses of this thread before this call have met. */
  static void settle() {
    int turn = 0;
    while (turn < TURNS) {
      turn += step;
    }
  }
}
