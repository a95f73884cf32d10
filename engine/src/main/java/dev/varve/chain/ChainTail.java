package dev.varve.chain;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a driver knows of its chain, and the ways to learn more. Knowledge only grows: links are
 * added, the end moves on. No lock is held while the service is asked; two threads that ask at the
 * same time learn the same.
 */
final class ChainTail {
  private final Requests requests;
  private final LinkListing listing;
  private final LinkKeys keys;
  private final int mostBlocks;
  private final boolean markersWhenNew;
  private final AtomicReference<ChainState> state = new AtomicReference<>(ChainState.NOTHING);

  ChainTail(
      Requests requests,
      LinkListing listing,
      LinkKeys keys,
      int mostBlocks,
      boolean markersWhenNew) {
    this.requests = requests;
    this.listing = listing;
    this.keys = keys;
    this.mostBlocks = mostBlocks;
    this.markersWhenNew = markersWhenNew;
  }

  /** What is known, without asking. */
  ChainState known() {
    return state.get();
  }

  /** The chain reaches at least so far. */
  ChainState reached(long end) {
    return state.updateAndGet(known -> known.reaching(end));
  }

  /** Lists the links. */
  ChainState list(Deadline deadline) {
    ChainState found = listing.extend(known(), keys, deadline);
    return state.updateAndGet(
        known -> found.last() > known.last() ? found.reaching(known.end()) : known);
  }

  /**
   * Asks where the chain ends: one request for the last link, one more for its successor once it
   * has all its blocks, and a listing if that is full too.
   *
   * @param full number of a link of which the service has said that it is full, or 0
   */
  ChainState refresh(int full, Deadline deadline) {
    int number = Math.max(1, known().last());
    Optional<BlobProperties> found = properties(number, deadline);
    for (int further = 1; found.isPresent() && isFull(number, found.get(), full); further++) {
      if (further == 2) {
        number = list(deadline).last();
      } else {
        number++;
      }
      found = properties(number, deadline);
    }
    return known();
  }

  private boolean isFull(int number, BlobProperties link, int full) {
    return number == full || link.blocks() >= mostBlocks;
  }

  /** Asks for a link and takes note of what it learns. */
  private Optional<BlobProperties> properties(int number, Deadline deadline) {
    ChainState before = known();
    Optional<BlobProperties> found = requests.properties(LinkNames.link(number), deadline);
    if (found.isPresent()) {
      note(number, found.get(), before);
    } else if (number <= before.last()) {
      throw ChainFaults.missing(number, before.links().start(number));
    }
    return found;
  }

  private void note(int number, BlobProperties link, ChainState before) {
    LinkMetadata metadata = LinkMetadata.of(LinkNames.link(number), link.metadata());
    keys.learn(number, metadata);
    ChainState now = add(number, metadata.start(), metadata.markers());
    long start = now.links().start(number);
    long expected = number <= before.last() ? before.endOf(number) - start : 0;
    if (link.length() < expected) {
      throw ChainFaults.shorter(number, start, link.length(), expected);
    }
    reached(start + link.length());
  }

  /** Adds a link if it is not known, or compares it with what is. */
  private ChainState add(int number, long start, boolean markers) {
    return state.updateAndGet(
        known -> {
          boolean isNew = number > known.last();
          long expected = isNew ? known.end() : known.links().start(number);
          ChainFaults.checkStart(number, expected, start < 0 ? expected : start);
          if (isNew && number > 1 && expected == known.links().start(number - 1)) {
            throw ChainFaults.shorter(number - 1, expected, 0, 1);
          }
          return isNew ? known.plus(markers, expected) : known;
        });
  }

  /** Creates the first link, or finds the one that somebody else has created. */
  ChainState begin(Deadline deadline) {
    Map<String, String> metadata = LinkMetadata.created(0, markersWhenNew);
    if (requests.create(LinkNames.link(1), metadata, deadline)) {
      return add(1, 0, markersWhenNew);
    }
    ChainState found = refresh(0, deadline);
    if (found.last() == 0) {
      throw ChainFaults.missing(1, 0);
    }
    return found;
  }

  /**
   * Creates the link behind a full one, or finds the one that somebody else has created.
   *
   * @param end where the full one ends for good
   */
  ChainState roll(int full, long end, Deadline deadline) {
    String next = LinkNames.link(full + 1);
    if (requests.create(next, LinkMetadata.created(end, false), deadline)) {
      return add(full + 1, end, false);
    }
    if (properties(full + 1, deadline).isEmpty()) {
      throw ChainFaults.missing(full + 1, end);
    }
    return known();
  }
}
