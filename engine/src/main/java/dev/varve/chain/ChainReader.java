package dev.varve.chain;

import dev.varve.codec.EventFrame;
import dev.varve.codec.MalformedFrame;
import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events. What it asks for always lies below an end that was seen, so all bytes must be there
 * and end with a whole event; anything else is damage. Safe from any thread.
 */
final class ChainReader {
  private static final int LEAST_BUFFER_BYTES = 16;
  private final ChainTail tail;
  private final Slices slices;
  private final CompactedCopies copies;
  private final LinkKeys keys;

  ChainReader(ChainTail tail, Slices slices, CompactedCopies copies, LinkKeys keys) {
    this.tail = tail;
    this.slices = slices;
    this.copies = copies;
    this.keys = keys;
  }

  /** Fills the buffer from a position on; returns where to go on. */
  long read(long position, EventBuffer buffer, Deadline deadline) {
    buffer.clear();
    long at = position;
    ChainState state = reaching(position, deadline);
    while (at < state.end() && buffer.count() == 0) {
      at = new Pass(state, at, buffer, at == position, deadline).run();
      state = buffer.count() == 0 ? reaching(at, deadline) : state;
    }
    return at;
  }

  /**
   * What is known of a chain beyond a position; asks when nothing is.
   *
   * @throws IllegalArgumentException when it lies behind the end
   */
  ChainState reaching(long position, Deadline deadline) {
    ChainState state = tail.known();
    if (position >= state.end()) {
      state = tail.refresh(0, deadline);
    }
    if (position > state.end()) {
      throw new IllegalArgumentException(
          "position %d is behind the end at %d".formatted(position, state.end()));
    }
    return state;
  }

  /** One range of the chain, fetched into the buffer and looked through. */
  private final class Pass {
    private final ChainState state;
    private final long position;
    private final EventBuffer buffer;
    private final byte[] bytes;
    private final boolean given;
    private final Deadline deadline;
    private final Slices.Fetched fetched;

    /** How many bytes of the range were whole frames so far. */
    private int passed;

    Pass(ChainState state, long position, EventBuffer buffer, boolean given, Deadline deadline) {
      this.state = state;
      this.position = position;
      this.buffer = buffer;
      this.given = given;
      this.deadline = deadline;
      bytes = buffer.array();
      int length = (int) Math.min(bytes.length, state.end() - position);
      fetched = slices.fetch(state, position, bytes, length, deadline);
    }

    long run() {
      MalformedFrame fault = null;
      try {
        int limit = 0;
        for (int link = link(); passed == limit && limit < fetched.bytes(); link++) {
          limit = (int) Math.min(fetched.bytes(), state.endOf(link) - position);
          decode(link, limit);
        }
      } catch (MalformedFrame malformed) {
        fault = malformed;
      }
      return passed > 0 ? position + passed : stuck(fault);
    }

    private int link() {
      return state.links().find(position);
    }

    private void decode(int link, int limit) {
      int from = passed;
      long max = 0;
      try {
        for (int frame = next(limit); frame > 0; frame = next(limit)) {
          long key = EventFrame.key(bytes, passed);
          if (key != Markers.KEY) {
            int content = frame - EventFrame.OVERHEAD_BYTES;
            buffer.add(position + passed, passed + EventFrame.KEY_OFFSET, content);
          }
          max = Math.max(max, key);
          passed += frame;
        }
      } finally {
        long start = state.links().start(link);
        keys.saw(link, start, position + from, position + passed, max);
      }
    }

    private int next(int limit) {
      return passed < limit ? EventFrame.decode(bytes, passed, limit) : 0;
    }

    /** Not even the first frame is whole: says why, or passes over a marker. */
    private long stuck(@Nullable MalformedFrame fault) {
      int link = link();
      int limit = (int) Math.min(fetched.bytes(), state.endOf(link) - position);
      int needed = EventFrame.neededBytes(bytes, 0, limit);
      if (fault == null && fetched.failure() != null) {
        throw fetched.failure();
      }
      if (fault == null && position + needed <= state.endOf(link)) {
        return overMarker(needed);
      }
      if (copies.has(link)) {
        copies.forget(link);
        return position;
      }
      throw damage(link, fault, needed);
    }

    private long overMarker(int needed) {
      if (EventFrame.key(bytes, 0) != Markers.KEY) {
        throw new BufferTooSmallException(position, needed, bytes.length);
      }
      EventBuffer larger = new EventBuffer(Math.max(LEAST_BUFFER_BYTES, needed));
      long next = new Pass(state, position, larger, given, deadline).run();
      // Behind a compacted copy that was given up meanwhile the link may have an event there.
      if (larger.count() > 0) {
        throw new BufferTooSmallException(position, needed, bytes.length);
      }
      return next;
    }

    private RuntimeException damage(int link, @Nullable MalformedFrame fault, int needed) {
      long start = state.links().start(link);
      if (given
          && position > start
          && new Misplaced(slices, state, position, deadline).insideOfAFrame()) {
        return new IllegalArgumentException(
            "position %d is no event's position: it is inside of one".formatted(position));
      }
      String expected =
          fault == null ? "an event that ends by " + state.endOf(link) : fault.expected();
      String found = fault == null ? "one of %d bytes".formatted(needed) : fault.found();
      return ChainFaults.damaged(link, position - start, position, expected, found);
    }
  }
}
