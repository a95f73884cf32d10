package dev.varve.kit.history;

import org.junit.jupiter.api.Test;

/** Appends of which nobody knows what became of them, and those that certainly came to nothing. */
class UnknownAppendTest extends HandMadeHistory {

  @Test
  void anUnknownAppendMayTakeEffectLater() {
    add(1, 2, unknown(1, 0));
    add(3, 4, read(0, 0));
    add(5, 6, end(0));
    add(7, 8, read(0, 28, seen(0, 1, 0)));
    add(9, 10, appended(2, 28, 60));
    add(11, 12, outdated(3, 0, 60));
    assertAccepted();
  }

  @Test
  void anUnknownAppendMayNeverTakeEffect() {
    add(1, 2, unknown(1, 0));
    add(3, Operation.NEVER, unknown(2, 0));
    add(4, 5, end(0));
    add(6, 7, appended(3, 0, 20));
    add(8, 9, read(0, 20, seen(0, 3, 0)));
    assertAccepted();
  }

  @Test
  void anUnknownAppendIsSettledOnceTheEndHasPassed() {
    add(1, 2, unknown(1, 0));
    add(3, 4, appended(2, 0, 20));
    add(5, 6, read(20, 50, seen(20, 1, 0)));
    assertRefused();
  }

  @Test
  void ofUnknownAppendsOnlyThoseThatFitTogetherTakeEffect() {
    for (int batch = 1; batch <= 6; batch++) {
      add(batch, Operation.NEVER, unknown(batch, 20L * (batch / 2)));
    }
    add(10, 11, end(60));
    add(12, 13, read(0, 60, seen(0, 1, 0), seen(20, 3, 0), seen(40, 4, 0)));
    assertAccepted();
    add(14, 15, read(0, 80, seen(0, 1, 0), seen(20, 2, 0), seen(40, 3, 0), seen(60, 6, 0)));
    assertRefused();
  }

  @Test
  void theEndThatAnUnknownAppendLeavesIsTheSameForAll() {
    add(1, 2, unknown(1, 0));
    add(3, 4, end(28));
    add(5, 6, end(36));
    assertRefused();
  }

  @Test
  void anUnknownAppendOfNothingChangesNothing() {
    add(1, Operation.NEVER, new Outcome.Unknown(1, 0, 77));
    add(2, 3, new Outcome.Appended(2, 0, 0, 0, 0));
    add(4, 5, end(0));
    assertAccepted();
  }

  @Test
  void anAppendOfNothingIsHeldToTheEnd() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, new Outcome.Appended(2, 0, 0, 0, 0));
    assertRefused();
  }

  @Test
  void aFailedAppendNeverTakesEffect() {
    add(1, 2, new Outcome.Failed(1, 1, 0, "no answer"));
    add(3, 4, appended(2, 0, 20));
    assertAccepted();
    add(5, 6, read(0, 20, seen(0, 2, 0)));
    assertAccepted();
    add(7, 8, read(20, 50, seen(20, 1, 0)));
    assertRefused();
  }

  @Test
  void aLongHistoryWithManyUnknownAppendsIsCheckedInTime() {
    long moment = 1;
    long end = 0;
    for (int batch = 1; batch <= 600; batch += 2) {
      add(moment, Operation.NEVER, unknown(batch, end));
      add(moment + 1, moment + 20, appended(batch + 1, end, end + 20));
      add(moment + 3, moment + 21, outdated(10_000 + batch, end, end + 20));
      end += 20;
      moment += 4;
      if (batch % 3 == 0) {
        moment += 40;
      }
    }
    add(moment, moment + 1, end(end));
    assertAccepted();
    add(moment + 2, moment + 3, end(end - 10));
    assertRefused();
  }
}
