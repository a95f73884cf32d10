package dev.varve.chain;

import dev.varve.codec.EventFrame;
import dev.varve.codec.MalformedFrame;

/**
 * Tells a position that no event has from damage: both look malformed. If a whole frame, checksum
 * included, begins before the position and ends behind it, then the position is to blame.
 */
final class Misplaced {
  /** How many frames are tried; random bytes show about ten that could be one. */
  private static final int MOST_TRIALS = 1_000;

  private final Slices slices;
  private final ChainState state;
  private final long position;
  private final Deadline deadline;

  Misplaced(Slices slices, ChainState state, long position, Deadline deadline) {
    this.slices = slices;
    this.state = state;
    this.position = position;
    this.deadline = deadline;
  }

  /**
   * Looks at all that a frame around the position could cover within its link. Bytes that are made
   * to look like many frames are damage before they take long.
   */
  boolean insideOfAFrame() {
    int link = state.links().find(position);
    long from = Math.max(state.links().start(link), position - EventFrame.MAX_BYTES + 1);
    long to = Math.min(state.endOf(link), position + EventFrame.MAX_BYTES - 1);
    byte[] around = new byte[(int) (to - from)];
    int there = slices.fetchWhole(state, from, around, deadline).bytes();
    int inside = (int) (position - from);
    int trials = 0;
    for (int start = 0; start < inside && trials < MOST_TRIALS; start++) {
      int frame = EventFrame.neededBytes(around, start, there);
      int limit = start + frame;
      if (limit > inside && limit <= there && endsWith(around, limit, frame)) {
        trials++;
        if (isFrame(around, start, limit)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the closing size fits, which is looked at first because it hardly ever does. */
  private static boolean endsWith(byte[] bytes, int limit, int frame) {
    return EventFrame.neededBytes(bytes, limit - Short.BYTES, limit) == frame;
  }

  private static boolean isFrame(byte[] bytes, int start, int limit) {
    try {
      return EventFrame.decode(bytes, start, limit) > 0;
    } catch (MalformedFrame none) {
      return false;
    }
  }
}
