package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final Deadline deadline =
      new Deadline(ChainOptions.defaults().withDeadline(Duration.ofHours(1)));

  @Test
  void shortWaitIsAllowedAndALongOneIsNot() {
    assertTrue(deadline.allows(Duration.ofMinutes(1)));
    assertFalse(deadline.allows(Duration.ofHours(2)));
  }

  /** A service may ask for anything. */
  @Test
  void waitOfManyCenturiesIsNotAllowedAndNotAnError() {
    assertFalse(deadline.allows(Duration.ofSeconds(Long.MAX_VALUE)));
  }
}
