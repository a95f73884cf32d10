package dev.varve.kit.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the events of a history were seen: each at one position, whoever looks. */
final class Sightings {
  private record Event(int batch, int index) {}

  private final Map<Event, Long> positions = new HashMap<>();
  private final Map<Integer, Long> last = new HashMap<>();
  private String contradiction = "";

  Sightings(StreamHistory history) {
    for (Operation operation : history.operations()) {
      switch (operation.outcome()) {
        case Outcome.Read read -> read.events().forEach(seen -> add(seen, operation));
        case Outcome.Appended appended when appended.events() > 0 ->
            add(new Sighting(appended.position(), appended.batch(), 0), operation);
        default -> {}
      }
    }
  }

  private void add(Sighting seen, Operation operation) {
    Long before = positions.putIfAbsent(new Event(seen.batch(), seen.index()), seen.position());
    if (before != null && before != seen.position() && contradiction.isEmpty()) {
      contradiction =
          "P6: event %d of batch %d is at %d and at %d:\n  %s"
              .formatted(seen.index(), seen.batch(), before, seen.position(), operation);
    }
    last.merge(seen.batch(), seen.position(), Math::max);
  }

  /** What two operations disagree about. */
  Optional<String> contradiction() {
    return Optional.of(contradiction).filter(text -> !text.isEmpty());
  }

  /** The largest position at which an event of a batch was seen, -1 when none was. */
  long last(int batch) {
    return last.getOrDefault(batch, -1L);
  }

  /** Whether an event was seen before a position. */
  boolean isBefore(int batch, int index, long position) {
    return positions.getOrDefault(new Event(batch, index), Long.MAX_VALUE) < position;
  }
}
