package dev.varve.chain;

import static dev.varve.chain.ChainFixture.SOON;
import static dev.varve.chain.ChainFixture.append;
import static dev.varve.chain.ChainFixture.container;
import static dev.varve.chain.ChainFixture.event;
import static dev.varve.chain.ChainFixture.keys;
import static dev.varve.chain.ChainFixture.open;
import static dev.varve.chain.ChainFixture.options;
import static dev.varve.chain.ChainFixture.outdated;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException.Unavailable;
import dev.varve.chain.ScriptedContainer.Step;
import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an append when requests and answers are lost: INV-11 to INV-14. */
class ChainAppendTest {
  private static final int MARKED = 56;
  private static final int FRAME = 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void appendWhoseAnswerWasLostIsRecognisedByItsMarker(int blocks) {
    InMemoryContainer container = container(blocks);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = 0;
    for (int key = 1; key <= 7; key++) {
      scripted.appends(Step.ANSWER_LOST);
      end = append(driver, end, key);
    }
    assertEquals(7 * MARKED, end);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), keys(open(container)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void lostRequestIsSentAgain(int blocks) {
    InMemoryContainer container = container(blocks);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = 0;
    for (int key = 1; key <= 4; key++) {
      scripted.appends(Step.LOST, Step.BUSY, Step.LOST);
      end = append(driver, end, key);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L), keys(open(container)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void copyThatIsDeliveredLateIsNotAppliedTwice(int blocks) {
    InMemoryContainer container = container(blocks);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = 0;
    for (int key = 1; key <= 4; key++) {
      scripted.appends(Step.LATE);
      end = append(driver, end, key);
      assertFalse(scripted.deliver());
    }
    assertEquals(List.of(1L, 2L, 3L, 4L), keys(open(container)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void requestThatSomebodyInBetweenSentTwiceIsRecognised(int blocks) {
    InMemoryContainer container = container(blocks);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = 0;
    for (int key = 1; key <= 4; key++) {
      scripted.appends(Step.TWICE);
      end = append(driver, end, key);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L), keys(open(container)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void lostRequestThatSomeoneElseOvertookIsOutdated(int blocks) {
    InMemoryContainer container = container(blocks);
    BlobChainDriver other = open(container);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = 0;
    for (int key = 1; key <= 4; key++) {
      long expected = driver.end();
      int theirs = key;
      scripted.appends(Step.LATE);
      scripted.beforeAppend(() -> {});
      Append outcome = overtaken(scripted, driver, expected, () -> append(other, expected, theirs));
      end = expected + MARKED;
      outdated(end, outcome);
      assertFalse(scripted.deliver());
    }
    assertEquals(List.of(1L, 2L, 3L, 4L), keys(open(container)));
  }

  /** The first request is late, and before the second one is sent someone else appends. */
  private static Append overtaken(
      ScriptedContainer scripted, BlobChainDriver driver, long expected, Runnable other) {
    scripted.beforeAppend(() -> scripted.beforeAppend(other));
    return driver.append(expected, event(99, 8));
  }

  @Test
  void theFiftyThousandthAppendWhoseAnswerWasLostIsRecognisedInTheFullLink() {
    InMemoryContainer container = container(3);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    long end = append(driver, append(driver, 0, 1), 2);
    scripted.appends(Step.ANSWER_LOST);
    assertEquals(new Appended(end + 36, end + MARKED), driver.append(end, event(3, 8)));
    assertEquals(1, container.list("events.", SOON).size());
    assertEquals(List.of(1L, 2L, 3L), keys(driver));
  }

  @Test
  void withoutMarkersEqualBytesAfterALostAnswerAreUnknown() {
    InMemoryContainer container = container(9);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = BlobChainDriver.open(scripted, options().withMarkers(false));
    scripted.appends(Step.ANSWER_LOST);
    Append.Unknown unknown = assertInstanceOf(Append.Unknown.class, driver.append(0, event(1, 8)));
    assertInstanceOf(Unavailable.class, unknown.cause());
    assertEquals(FRAME, driver.end());
    assertEquals(List.of(1L), keys(driver));
  }

  @Test
  void withoutMarkersOtherBytesAfterALostAnswerAreSomeoneElses() {
    InMemoryContainer container = container(9);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = BlobChainDriver.open(scripted, options().withMarkers(false));
    BlobChainDriver other = BlobChainDriver.open(container, options());
    append(driver, 0, 1);
    scripted.appends(Step.LATE);
    outdated(2 * FRAME, overtaken(scripted, driver, FRAME, () -> append(other, FRAME, 2)));
    assertFalse(scripted.deliver());
  }

  @Test
  void withoutMarkersEqualBytesAreUnknownEvenAfterAnAnsweredRefusal() {
    InMemoryContainer container = container(9);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = BlobChainDriver.open(scripted, options().withMarkers(false));
    append(driver, 0, 1);
    scripted.appends(Step.TWICE);
    assertInstanceOf(Append.Unknown.class, driver.append(FRAME, event(2, 8)));
    assertEquals(List.of(1L, 2L), keys(driver));
    BlobChainDriver other = open(container);
    assertEquals(2 * FRAME, other.end());
    append(driver, 2 * FRAME, 3);
    outdated(3 * FRAME, other.append(2 * FRAME, event(4, 8)));
  }

  @Test
  void silenceUntilTheDeadlineIsUnknownAndALateCopyMayLand() {
    InMemoryContainer container = container(9);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver =
        BlobChainDriver.open(scripted, options().withDeadline(Duration.ofSeconds(9)));
    Step[] silence = new Step[1000];
    Arrays.fill(silence, Step.LOST);
    silence[0] = Step.LATE;
    scripted.appends(silence);
    assertInstanceOf(Append.Unknown.class, driver.append(0, event(1, 8)));
    assertEquals(0, driver.end());
    assertTrue(scripted.deliver());
    assertEquals(MARKED, driver.end());
    assertEquals(List.of(1L), keys(driver));
  }

  @Test
  void refusalOnOtherGroundsIsAFailureUnlessACopyIsOnItsWay() {
    ScriptedContainer scripted = new ScriptedContainer(container(9));
    BlobChainDriver driver = open(scripted);
    scripted.appends(Step.DENIED);
    assertThrows(Unavailable.class, () -> driver.append(0, event(1, 8)));
    assertEquals(0, driver.end());
    scripted.appends(Step.LATE, Step.DENIED);
    assertInstanceOf(Append.Unknown.class, driver.append(0, event(1, 8)));
    assertTrue(scripted.deliver());
    outdated(MARKED, driver.append(0, event(1, 8)));
  }

  @Test
  void interruptEndsTheWaitForAnAnswerAndIsKept() {
    ScriptedContainer scripted = new ScriptedContainer(container(9));
    BlobChainDriver driver = open(scripted);
    scripted.appends(Step.LOST);
    Thread.currentThread().interrupt();
    assertInstanceOf(Append.Unknown.class, driver.append(0, event(1, 8)));
    assertTrue(Thread.interrupted());
  }

  @Test
  void interruptBeforeAnythingWasSentIsAFailure() {
    ScriptedContainer scripted = new ScriptedContainer(container(9));
    BlobChainDriver driver = open(scripted);
    scripted.others(Step.BUSY);
    Thread.currentThread().interrupt();
    assertThrows(Unavailable.class, () -> driver.append(0, event(1, 8)));
    assertTrue(Thread.interrupted());
    assertEquals(MARKED, append(driver, 0, 1));
  }

  @Test
  void lostAnswersToTheCreationOfLinksDoNotMatter() throws ContainerException {
    InMemoryContainer container = container(1);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    scripted.others(Step.ANSWER_LOST);
    append(driver, 0, 1);
    // One question for the full link, one for its successor, then the creation.
    scripted.others(Step.PASS, Step.PASS, Step.ANSWER_LOST);
    append(driver, MARKED, 2);
    assertEquals(2, container.list("events.", SOON).size());
    assertEquals("56", container.properties("events.00002", SOON).metadata().get("start"));
  }

  @Test
  void keysInMetadataMayBeLost() throws ContainerException {
    InMemoryContainer container = container(9);
    ScriptedContainer scripted = new ScriptedContainer(container);
    BlobChainDriver driver = open(scripted);
    scripted.others(Step.PASS, Step.LOST);
    append(driver, 0, 1);
    assertEquals(
        Map.of("start", "0", "markers", "1"),
        container.properties("events.00001", SOON).metadata());
  }

  @Test
  void appendNeverGoesOutBeyondWhatWasSeen() {
    InMemoryContainer container = container(9);
    BlobChainDriver driver = open(container);
    append(driver, 0, 1);
    long before = container.requests(InMemoryContainer.Request.APPEND);
    outdated(MARKED, driver.append(MARKED + 8, event(2, 8)));
    assertEquals(before, container.requests(InMemoryContainer.Request.APPEND));
  }
}
