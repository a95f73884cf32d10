package dev.varve.kit.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream to which one operation is done after the other: the specification. Immutable; it is the
 * batch that was appended last, and the stream before that.
 *
 * <p>Ends are the driver's, so they are learnt: an acknowledged append tells its own, and one whose
 * outcome is unknown leaves it open until an answer fixes it. Only the newest batch's end can be
 * open, as the next append names it.
 */
final class SequentialStream {
  private static final long OPEN = -1;
  private static final int NO_BATCH = -1;

  private final @Nullable SequentialStream before;
  private final int batch;
  private final int events;
  private final long end;
  private final Sightings sightings;
  private final int hash;

  private SequentialStream(
      @Nullable SequentialStream before, int batch, int events, long end, Sightings sightings) {
    this.before = before;
    this.batch = batch;
    this.events = events;
    this.end = end;
    this.sightings = sightings;
    hash = 31 * (31 * (before == null ? 1 : before.hash) + batch) + Long.hashCode(end);
  }

  static SequentialStream empty(Sightings sightings) {
    return new SequentialStream(null, NO_BATCH, 0, 0, sightings);
  }

  /** The stream after the operation; null when it would have answered otherwise. */
  @Nullable SequentialStream after(Outcome outcome, Refusals refusals) {
    return switch (outcome) {
      case Outcome.Appended appended -> appended(appended);
      case Outcome.Unknown unknown -> unknown(unknown);
      case Outcome.Outdated outdated -> outdated(outdated, refusals);
      case Outcome.Read read -> read(read);
      case Outcome.End asked -> endingAt(asked.end());
      case Outcome.Failed _ -> this;
    };
  }

  private @Nullable SequentialStream appended(Outcome.Appended appended) {
    SequentialStream stream = endingAt(appended.expected());
    if (stream == null) {
      return null;
    }
    if (appended.events() == 0) {
      return appended.position() == stream.end && appended.end() == stream.end ? stream : null;
    }
    boolean inOrder = stream.end <= appended.position() && appended.position() < appended.end();
    return inOrder
        ? new SequentialStream(
            stream, appended.batch(), appended.events(), appended.end(), sightings)
        : null;
  }

  private @Nullable SequentialStream unknown(Outcome.Unknown unknown) {
    if (unknown.events() == 0) {
      return this;
    }
    SequentialStream stream = endingAt(unknown.expected());
    return stream == null
        ? null
        : new SequentialStream(stream, unknown.batch(), unknown.events(), OPEN, sightings);
  }

  private @Nullable SequentialStream outdated(Outcome.Outdated outdated, Refusals refusals) {
    if (outdated.expected() == outdated.end()) {
      return null;
    }
    boolean formerMayDo =
        refusals == Refusals.MAY_TELL_A_FORMER_END && outdated.expected() < outdated.end();
    return formerMayDo && endedAt(outdated.end()) ? this : endingAt(outdated.end());
  }

  private boolean endedAt(long position) {
    SequentialStream stream = this;
    while (stream.before != null && (stream.end == OPEN || stream.end > position)) {
      stream = stream.before;
    }
    return stream.end == position;
  }

  /** This stream, with its end fixed where that was open; null when it ends elsewhere. */
  private @Nullable SequentialStream endingAt(long position) {
    if (end != OPEN) {
      return end == position ? this : null;
    }
    SequentialStream former = Objects.requireNonNull(before);
    boolean possible = position > former.end && position > sightings.last(batch);
    return possible ? new SequentialStream(former, batch, events, position, sightings) : null;
  }

  private @Nullable SequentialStream read(Outcome.Read read) {
    Deque<SequentialStream> batches = new ArrayDeque<>();
    SequentialStream stream = this;
    for (; stream.before != null && stream.before.end >= read.from(); stream = stream.before) {
      batches.push(stream);
    }
    if (stream.before != null && (stream.end == OPEN || stream.end > read.from())) {
      batches.push(stream);
    }
    int seen = 0;
    for (SequentialStream next : batches) {
      for (int index = next.firstIndexFrom(read.from()); index < next.events; index++, seen++) {
        if (seen == read.events().size()) {
          return seen > 0 && read.partial() && goesOnBefore(read, next.batch, index) ? this : null;
        }
        if (!next.shows(index, read.events().get(seen))) {
          return null;
        }
      }
    }
    boolean all = seen == read.events().size() && (seen > 0 || read.next() == read.from());
    return all ? endingAt(read.next()) : null;
  }

  /** Index of the first event that is not before a position; 0 where none was seen before it. */
  private int firstIndexFrom(long from) {
    int index = events;
    while (index > 0 && !sightings.isBefore(batch, index - 1, from)) {
      index--;
    }
    return index;
  }

  private boolean shows(int index, Sighting seen) {
    boolean within =
        Objects.requireNonNull(before).end <= seen.position()
            && (end == OPEN || seen.position() < end);
    return within && seen.batch() == batch && seen.index() == index;
  }

  /** Whether a read that stops before an event goes on behind its last and not behind that one. */
  private boolean goesOnBefore(Outcome.Read read, int nextBatch, int nextIndex) {
    return read.next() > read.events().getLast().position()
        && !sightings.isBefore(nextBatch, nextIndex, read.next());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    SequentialStream one = this;
    SequentialStream two = other instanceof SequentialStream stream ? stream : null;
    while (one != two) {
      if (one == null || two == null || one.hash != two.hash) {
        return false;
      }
      if (one.batch != two.batch || one.end != two.end) {
        return false;
      }
      one = one.before;
      two = two.before;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (SequentialStream stream = this; stream.before != null; stream = stream.before) {
      String until = stream.end == OPEN ? "?" : String.valueOf(stream.end);
      line.insert(0, " %d(..%s)".formatted(stream.batch, until));
    }
    return line.isEmpty() ? "nothing" : "batches" + line;
  }
}
