package dev.varve.kit.history;

import java.util.Optional;
import java.util.OptionalLong;

/** The ends that one driver hands out never go back, whatever another driver knows. */
final class DriverEnds {
  private DriverEnds() {}

  /** Two operations of one driver, of which the later was told an earlier end. */
  static Optional<String> wentBack(StreamHistory history) {
    for (Operation earlier : history.operations()) {
      for (Operation later : history.operations()) {
        if (earlier.driver() == later.driver()
            && earlier.answered() < later.invoked()
            && end(earlier).orElse(0) > end(later).orElse(Long.MAX_VALUE)) {
          return Optional.of("P9: an end went back:\n  %s\n  %s".formatted(earlier, later));
        }
      }
    }
    return Optional.empty();
  }

  private static OptionalLong end(Operation operation) {
    return switch (operation.outcome()) {
      case Outcome.Appended appended -> OptionalLong.of(appended.end());
      case Outcome.Outdated outdated -> OptionalLong.of(outdated.end());
      case Outcome.End asked -> OptionalLong.of(asked.end());
      default -> OptionalLong.empty();
    };
  }
}
