package dev.varve.chain;

import dev.varve.StorageException.Corrupt;
import dev.varve.codec.EventFrame;
import dev.varve.codec.MalformedFrame;

/**
 * Finds the newest event from behind: a frame ends with its size, which leads to its start. Takes
 * two reads at most for any event, unless nothing but markers follows it. Used once.
 */
final class LastKey {
  private static final int FIRST_READ_BYTES = 4 << 10;
  private final Slices slices;
  private final ChainState state;
  private final Deadline deadline;
  private byte[] bytes = new byte[0];

  /** Position of the first of {@link #bytes}. */
  private long from;

  LastKey(Slices slices, ChainState state, Deadline deadline) {
    this.slices = slices;
    this.state = state;
    this.deadline = deadline;
  }

  /** Its key, 0 when there is no event. */
  long find() {
    for (int link = state.last(); link > 0; link--) {
      long start = state.links().start(link);
      for (long end = state.endOf(link); end > start; end -= frameBefore(link, end)) {
        int at = frameStart(link, end);
        long key = EventFrame.key(bytes, at);
        if (key != Markers.KEY) {
          return key;
        }
      }
    }
    return 0;
  }

  /** Where in the bytes the verified frame begins that ends at a position. */
  private int frameStart(int link, long end) {
    int frame = frameBefore(link, end);
    load(link, end - frame, end);
    int at = (int) (end - frame - from);
    try {
      if (EventFrame.decode(bytes, at, at + frame) == frame) {
        return at;
      }
      int first = EventFrame.neededBytes(bytes, at, at + frame);
      throw damaged(link, end - frame, "an event of %d bytes".formatted(frame), "one of " + first);
    } catch (MalformedFrame fault) {
      throw damaged(link, end - frame, fault.expected(), fault.found());
    }
  }

  /** How long the frame is that ends at a position, as its closing size says. */
  private int frameBefore(int link, long end) {
    long start = state.links().start(link);
    if (end - start < EventFrame.OVERHEAD_BYTES) {
      throw damaged(link, start, "an event", "%d bytes".formatted(end - start));
    }
    load(link, end - Short.BYTES, end);
    int limit = (int) (end - from);
    int frame = EventFrame.neededBytes(bytes, limit - Short.BYTES, limit);
    if (frame > end - start) {
      throw damaged(
          link, start, "an event that begins behind " + start, "one of %d bytes".formatted(frame));
    }
    return frame;
  }

  private Corrupt damaged(int link, long position, String expected, String found) {
    long offset = position - state.links().start(link);
    return ChainFaults.damaged(link, offset, position, expected, found);
  }

  /** Has the bytes of a range there, and some before it. */
  private void load(int link, long first, long end) {
    if (first >= from && end <= from + bytes.length) {
      return;
    }
    long start = state.links().start(link);
    from = Math.max(start, Math.min(first, end - FIRST_READ_BYTES));
    bytes = new byte[(int) (end - from)];
    Slices.Fetched fetched = slices.fetchWhole(state, from, bytes, deadline);
    if (fetched.failure() != null) {
      throw fetched.failure();
    }
  }
}
