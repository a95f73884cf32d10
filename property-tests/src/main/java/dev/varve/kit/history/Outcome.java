package dev.varve.kit.history;

import java.util.List;

/** What was asked of a stream, and the answer. Batches have numbers, unique in their history. */
public sealed interface Outcome {
  /** An attempt to append a batch. */
  sealed interface Attempt extends Outcome {
    /** Number of the batch. */
    int batch();
  }

  /**
   * A batch was appended.
   *
   * @param events how many it has; 0 writes nothing
   * @param position where its first event is
   * @param end the stream's end behind it
   */
  record Appended(int batch, int events, long expected, long position, long end)
      implements Attempt {
    @Override
    public String toString() {
      return "%s -> appended at %d, end %d"
          .formatted(asked(batch, events, expected), position, end);
    }
  }

  /** A batch was refused because the stream ended elsewhere. */
  record Outdated(int batch, int events, long expected, long end) implements Attempt {
    @Override
    public String toString() {
      return "%s -> outdated, end %d".formatted(asked(batch, events, expected), end);
    }
  }

  /** A batch may have been appended, or may yet be, at any time after it was asked for. */
  record Unknown(int batch, int events, long expected) implements Attempt {
    @Override
    public String toString() {
      return "%s -> unknown".formatted(asked(batch, events, expected));
    }
  }

  /** An append failed, and the batch was certainly not applied. */
  record Failed(int batch, int events, long expected, String reason) implements Attempt {
    @Override
    public String toString() {
      return "%s -> failed: %s".formatted(asked(batch, events, expected), reason);
    }
  }

  /**
   * Events were read.
   *
   * @param next where to go on
   * @param partial whether there may have been more, for which the buffer was too small or of which
   *     the driver did not know; where not, the read is held to have gone to the stream's end
   */
  record Read(long from, List<Sighting> events, long next, boolean partial) implements Outcome {
    /** Keeps a copy of the events. */
    public Read {
      events = List.copyOf(events);
    }

    @Override
    public String toString() {
      return "read(from %d) -> %s%s, next %d"
          .formatted(from, events, partial ? " partial" : "", next);
    }
  }

  /** The end was asked for. */
  record End(long end) implements Outcome {
    @Override
    public String toString() {
      return "end -> %d".formatted(end);
    }
  }

  private static String asked(int batch, int events, long expected) {
    return "append(batch %d of %d, expected %d)".formatted(batch, events, expected);
  }
}
