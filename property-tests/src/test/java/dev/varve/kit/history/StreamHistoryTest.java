package dev.varve.kit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The checker accepts what one stream could have answered, and nothing else. */
class StreamHistoryTest extends HandMadeHistory {

  @Test
  void oneAfterTheOtherIsAccepted() {
    add(1, 2, end(0));
    add(3, 4, read(0, 0));
    add(5, 6, appended(1, 0, 20));
    add(7, 8, outdated(2, 0, 20));
    add(9, 10, appended(3, 20, 60));
    add(11, 12, read(0, 60, seen(0, 1, 0), seen(20, 3, 0)));
    add(13, 14, read(60, 60));
    add(15, 16, end(60));
    assertAccepted();
    assertEquals(
        new StreamHistory(operations).operations(),
        ((Verdict.Linearizable) verdict(Refusals.TELL_THE_CURRENT_END)).order());
  }

  @Test
  void operationsAtTheSameTimeMayBeInAnyOrder() {
    add(1, 10, end(60));
    add(2, 11, outdated(2, 0, 60));
    add(3, 12, read(0, 60, seen(0, 1, 0), seen(20, 3, 0)));
    add(4, 13, appended(3, 20, 60));
    add(5, 14, appended(1, 0, 20));
    assertAccepted();
  }

  @Test
  void anEventBehindItsExpectedPositionIsAccepted() {
    add(1, 2, new Outcome.Appended(1, 2, 0, 36, 90));
    add(3, 4, read(0, 90, seen(36, 1, 0), seen(70, 1, 1)));
    add(5, 6, read(36, 90, seen(36, 1, 0), seen(70, 1, 1)));
    add(7, 8, read(70, 90, seen(70, 1, 1)));
    assertAccepted();
  }

  @Test
  void anAppendAtAStalePositionIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 0, 40));
    String report = assertRefused();
    assertTrue(report.contains("longest order that does, 1 operations"), report);
    assertTrue(report.contains("batches 1(..20)"), report);
    assertTrue(report.contains("append(batch 2 of 1, expected 0) -> appended at 0"), report);
  }

  @Test
  void twoAppendsAtOnePositionAreFoundAlsoAtTheSameTime() {
    add(1, 8, appended(1, 0, 20));
    add(2, 7, appended(2, 0, 40));
    assertRefused();
  }

  @Test
  void anAcknowledgedAppendThatIsLostIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, read(0, 0));
    assertRefused();
    operations.clear();
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    add(5, 6, read(0, 40, seen(20, 2, 0)));
    assertRefused();
  }

  @Test
  void anEndThatForgetsAnAppendIsFound() {
    add(1, 2, appended(1, 0, 20));
    addOn(1, 3, 4, end(0));
    assertRefused();
  }

  @Test
  void aBatchThatIsAppliedTwiceIsFound() {
    add(1, 2, unknown(1, 0));
    add(3, 4, end(40));
    add(5, 6, read(0, 40, seen(0, 1, 0), seen(20, 1, 0)));
    assertTrue(assertRefused().contains("event 0 of batch 1 is at 0 and at 20"));
  }

  @Test
  void aBatchThatIsShownTwiceAtOnePlaceIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, read(0, 20, seen(0, 1, 0), seen(0, 1, 0)));
    assertRefused();
  }

  @Test
  void anOutdatedEndThatWasPassedBeforeIsFoundUnlessADriverMayTellIt() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    addOn(1, 5, 6, outdated(3, 0, 20));
    assertInstanceOf(Verdict.Violation.class, verdict(Refusals.TELL_THE_CURRENT_END));
    assertInstanceOf(Verdict.Linearizable.class, verdict(Refusals.MAY_TELL_A_FORMER_END));
  }

  @Test
  void anOutdatedEndOfADriverThatKnewBetterIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    add(5, 6, outdated(3, 0, 20));
    assertTrue(assertRefused().contains("an end went back"));
  }

  @Test
  void anOutdatedEndThatNeverWasIsFound() {
    add(1, 2, appended(1, 0, 20));
    addOn(1, 3, 4, outdated(3, 0, 12));
    assertRefused();
  }

  @Test
  void aRefusalAtTheEndIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, outdated(2, 20, 20));
    assertRefused();
  }

  @Test
  void aRefusalBeforeTheOneThatCausedItIsFound() {
    add(1, 2, outdated(2, 0, 20));
    add(3, 4, appended(1, 0, 20));
    assertRefused();
  }

  @Test
  void aReadThatGoesBackIsFound() {
    add(1, 10, appended(1, 0, 20));
    add(2, 3, read(0, 20, seen(0, 1, 0)));
    add(4, 5, read(0, 0));
    assertRefused();
  }

  @Test
  void aReadThatSkipsIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    add(5, 6, readFull(0, 40, seen(20, 2, 0)));
    assertRefused();
  }

  @Test
  void aReadThatGoesOnBehindAnEventItDidNotShowIsFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    add(5, 6, readFull(0, 30, seen(0, 1, 0)));
    assertRefused();
  }

  @Test
  void aPartOfABatchIsFoundUnlessTheBufferWasFull() {
    add(1, 2, new Outcome.Appended(1, 2, 0, 0, 40));
    add(3, 4, readFull(0, 20, seen(0, 1, 0)));
    add(5, 6, read(20, 40, seen(20, 1, 1)));
    assertAccepted();
    add(7, 8, read(0, 20, seen(0, 1, 0)));
    assertRefused();
  }

  @Test
  void positionsThatAnotherBatchHasAreFound() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, new Outcome.Appended(2, 1, 20, 12, 40));
    assertRefused();
  }

  @Test
  void theReportHasTheHistoryAndTheLongestOrder() {
    add(1, 2, appended(1, 0, 20));
    add(3, 4, appended(2, 20, 40));
    add(5, 6, end(20));
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> new StreamHistory(operations).assertLinearizable(Refusals.MAY_TELL_A_FORMER_END));
    assertEquals(
        "P9: an end went back:", String.valueOf(error.getMessage()).lines().findFirst().get());
    operations.set(2, new Operation(2, 1, 5, 6, end(20)));
    assertEquals(
        """
        P7: no order of these 3 operations explains their answers
        longest order that does, 2 operations:
          [   1    2] actor 0, driver 0: append(batch 1 of 1, expected 0) -> appended at 0, end 20
          [   3    4] actor 1, driver 0: append(batch 2 of 1, expected 20) -> appended at 20, end 40
        stream then: batches 1(..20) 2(..40)
        may come next, and none fits:
          [   5    6] actor 2, driver 1: end -> 20
        history:
          [   1    2] actor 0, driver 0: append(batch 1 of 1, expected 0) -> appended at 0, end 20
          [   3    4] actor 1, driver 0: append(batch 2 of 1, expected 20) -> appended at 20, end 40
          [   5    6] actor 2, driver 1: end -> 20
        """,
        assertRefused());
  }
}
