package dev.varve.chain;

import dev.varve.StorageException;
import dev.varve.StorageException.Unavailable;
import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One conditional append, from the first request to its outcome. Confined to the caller's thread.
 *
 * <p>The rules (INV-11 to INV-14 in ARCHITECTURE.md):
 *
 * <ul>
 *   <li>A block goes out at the expected position p only, and only when p is an end that was seen.
 *   <li>Without an answer the same bytes go out again at p: at most one copy can land there.
 *   <li>Once a link is longer than p, or full, no copy can land any more: p is closed. Only then is
 *       [p, p + length) read back and an outcome given, or the next link tried.
 *   <li>While a copy may be there or on its way and the time is over, the outcome is unknown.
 * </ul>
 */
final class ChainAppend {
  private enum Fate {
    APPLIED,
    /** Not applied in this link, nor will it be, and the link ends at the expected position. */
    NEXT_LINK,
    OUTDATED,
    /** The link is still open at the expected position. */
    OPEN
  }

  private final BlobContainer container;
  private final Requests requests;
  private final ChainTail tail;
  private final AppendBlock block;
  private final long expected;
  private final Deadline deadline;

  /** Whether a copy may be in the link, or may still come to be. */
  private boolean copyMayBeThere;

  ChainAppend(
      BlobContainer container,
      Requests requests,
      ChainTail tail,
      AppendBlock block,
      long expected,
      Deadline deadline) {
    this.container = container;
    this.requests = requests;
    this.tail = tail;
    this.block = block;
    this.expected = expected;
    this.deadline = deadline;
  }

  /** Appends, or finds out why not. */
  Append run() {
    try {
      return settle(start());
    } catch (StorageException failure) {
      if (copyMayBeThere) {
        return new Append.Unknown(failure);
      }
      throw failure;
    }
  }

  private ChainState start() {
    ChainState state = tail.known();
    if (expected > state.end()) {
      state = tail.refresh(0, deadline);
    }
    return expected == 0 && state.last() == 0 ? tail.begin(deadline) : state;
  }

  /** The position is compared anew with every link that is learned of: after each roll, too. */
  private Append settle(ChainState from) {
    ChainState state = from;
    while (expected == state.end()) {
      int link = state.last();
      boolean marked = state.markers();
      Fate fate = append(link, expected - state.links().start(link), marked);
      state = tail.known();
      if (fate == Fate.APPLIED) {
        long end = expected + block.length(marked);
        tail.reached(end);
        return new Appended(end - block.frameBytes(), end);
      }
      if (fate == Fate.NEXT_LINK && state.last() == link) {
        state = tail.roll(link, expected, deadline);
      }
    }
    return new Outdated(state.end());
  }

  /** Sends to one link until p is closed there. */
  private Fate append(int link, long offset, boolean marked) {
    String name = LinkNames.link(link);
    for (int attempt = 0; ; attempt++) {
      ContainerException answer = send(name, offset, marked);
      if (answer == null) {
        return Fate.APPLIED;
      }
      Fate fate = judge(answer, link, offset, marked);
      if (fate != Fate.OPEN) {
        return fate;
      }
      requests.pause(attempt, "append to", name, answer, deadline);
    }
  }

  private @Nullable ContainerException send(String name, long offset, boolean marked) {
    try {
      container.append(name, offset, block.data(marked), deadline.requestTimeout());
      return null;
    } catch (ContainerException answer) {
      return answer;
    }
  }

  private Fate judge(ContainerException answer, int link, long offset, boolean marked) {
    return switch (answer.reason()) {
      case WRONG_POSITION -> closed(answer, link, offset, marked, false);
      case BLOCK_COUNT -> closed(answer, link, offset, marked, true);
      case BUSY, FAILED, NO_ANSWER -> {
        copyMayBeThere = true;
        yield Fate.OPEN;
      }
      default -> throw Requests.unavailable("append to", LinkNames.link(link), answer);
    };
  }

  /**
   * The link is longer than p or full. What lies there is looked at even if no answer was missing:
   * somebody in between may have sent the request twice and passed on the second answer.
   */
  private Fate closed(
      ContainerException answer, int link, long offset, boolean marked, boolean full) {
    copyMayBeThere = true;
    ChainState now = tail.refresh(full ? link : 0, deadline);
    long length = now.endOf(link) - now.links().start(link);
    if (length <= offset && !full) {
      return Fate.OPEN;
    }
    if (length >= offset + block.length(marked) && holdsBlock(link, offset, marked)) {
      if (marked) {
        return Fate.APPLIED;
      }
      throw new Unavailable("the same bytes are there, and nothing tells whose they are", answer);
    }
    copyMayBeThere = false;
    return length <= offset ? Fate.NEXT_LINK : Fate.OUTDATED;
  }

  /** Whether the link has, at p, what was sent; of a marked block the marker is enough. */
  private boolean holdsBlock(int link, long offset, boolean marked) {
    int bytes = marked ? Markers.FRAME_BYTES : block.length(false);
    byte[] sent = new byte[bytes];
    block.data(marked).get(sent);
    byte[] found = new byte[bytes];
    String name = LinkNames.link(link);
    try {
      int there = requests.read(name, offset, found, 0, bytes, deadline);
      return there == bytes && Arrays.equals(sent, found);
    } catch (ContainerException gone) {
      throw ChainFaults.missing(link, tail.known().links().start(link));
    }
  }
}
