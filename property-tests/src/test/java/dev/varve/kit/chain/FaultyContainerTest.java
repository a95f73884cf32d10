package dev.varve.kit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.ListedBlob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Each fault does what it is named for, when the script says so, and nothing else. */
class FaultyContainerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final TinyContainer inner = new TinyContainer(3);
  private FaultyContainer container = new FaultyContainer(inner, FaultScript.none());

  /** Begins anew with the blob "a", which is there already. */
  private void script(FaultScript script) throws ContainerException {
    inner.create("a", Map.of(), TIMEOUT);
    container = new FaultyContainer(inner, script);
  }

  private int append(long offset, String text) throws ContainerException {
    return container.append("a", offset, ByteBuffer.wrap(text.getBytes(UTF_8)), TIMEOUT);
  }

  private static ContainerException assertFails(Reason reason, Executable request) {
    ContainerException failure = assertThrows(ContainerException.class, request);
    assertEquals(reason, failure.reason());
    return failure;
  }

  @Test
  void withoutFaultsRequestsPassAsTheyAre() throws ContainerException {
    script(FaultScript.none());
    ByteBuffer data = ByteBuffer.wrap("-xy-".getBytes(UTF_8), 1, 2);
    assertEquals(1, container.append("a", 0, data, TIMEOUT));
    assertEquals(2, data.remaining(), "the data is left as it is");
    container.setMetadata("a", Map.of("k", "v"), TIMEOUT);
    container.create("b", Map.of(), TIMEOUT);
    assertEquals(inner.properties("a", TIMEOUT), container.properties("a", TIMEOUT));
    assertEquals(inner.list("", TIMEOUT), container.list("", TIMEOUT));
    ByteBuffer target = ByteBuffer.allocate(10);
    assertEquals(1, container.read("a", 1, target, TIMEOUT));
    assertEquals('y', target.get(0));
    assertFails(Reason.WRONG_POSITION, () -> append(0, "z"));
    assertEquals(inner.limits(), container.limits());
    assertEquals(Map.of(), container.faults());
  }

  @Test
  void refusedIsNotAppliedAndMaySayWhenToComeAgain() throws ContainerException {
    Duration wait = Duration.ofSeconds(3);
    script(
        FaultScript.of(
            Map.of(
                0, new Fault.Refused(Optional.empty()),
                1, new Fault.Refused(Optional.of(wait)))));
    assertEquals(Optional.empty(), assertFails(Reason.BUSY, () -> append(0, "x")).retryAfter());
    assertEquals(Optional.of(wait), assertFails(Reason.BUSY, () -> append(0, "x")).retryAfter());
    assertEquals("", inner.text("a"));
    assertEquals(1, append(0, "x"));
  }

  @Test
  void throttledGoesOnForSomeRequests() throws ContainerException {
    Duration wait = Duration.ofMillis(7);
    script(FaultScript.of(Map.of(0, new Fault.Throttled(3, wait))));
    for (int i = 0; i < 3; i++) {
      ContainerException busy = assertFails(Reason.BUSY, () -> append(0, "x"));
      assertEquals(429, busy.status());
      assertEquals(Optional.of(wait), busy.retryAfter());
    }
    assertEquals("", inner.text("a"));
    assertEquals(1, append(0, "x"));
  }

  @Test
  void lostNeverArrives() throws ContainerException {
    script(FaultScript.of(Map.of(0, new Fault.Lost())));
    assertFails(Reason.NO_ANSWER, () -> append(0, "x"));
    container.settle();
    assertEquals("", inner.text("a"));
  }

  @Test
  void answerLostIsAppliedAllTheSame() throws ContainerException {
    script(
        FaultScript.of(
            Map.of(
                0,
                new Fault.AnswerLost(Reason.NO_ANSWER),
                1,
                new Fault.AnswerLost(Reason.FAILED))));
    assertFails(Reason.NO_ANSWER, () -> append(0, "x"));
    assertEquals(500, assertFails(Reason.FAILED, () -> append(1, "y")).status());
    assertEquals("xy", inner.text("a"));
    assertThrows(IllegalArgumentException.class, () -> new Fault.AnswerLost(Reason.BUSY));
  }

  @Test
  void lastBlockAnswerLostIsForTheLastBlockOnly() throws ContainerException {
    script(FaultScript.every(new Fault.LastBlockAnswerLost(Reason.NO_ANSWER)));
    assertEquals(1, append(0, "x"));
    assertEquals(2, append(1, "y"));
    assertFails(Reason.NO_ANSWER, () -> append(2, "z"));
    assertEquals("xyz", inner.text("a"));
    assertFails(Reason.BLOCK_COUNT, () -> append(3, "!"));
  }

  @Test
  void delayedArrivesBeforeItsRetryOrBehindIt() throws ContainerException {
    script(FaultScript.of(Map.of(0, new Fault.Delayed(0), 2, new Fault.Delayed(1))));
    assertFails(Reason.NO_ANSWER, () -> append(0, "x"));
    assertEquals("", inner.text("a"));
    assertFails(Reason.WRONG_POSITION, () -> append(0, "x"));
    assertFails(Reason.NO_ANSWER, () -> append(1, "y"));
    assertEquals(2, append(1, "z"));
    assertEquals("xz", inner.text("a"));
    assertFails(Reason.WRONG_POSITION, () -> append(1, "z"));
    assertEquals("xz", inner.text("a"));
    assertTrue(
        container.journal().contains("  unheard APPEND a 1 bytes at 1 -> WRONG_POSITION"),
        container.journal()::toString);
  }

  @Test
  void delayedKeepsItsOwnCopyOfTheData() throws ContainerException {
    script(FaultScript.of(Map.of(0, new Fault.Delayed(5))));
    byte[] bytes = "x".getBytes(UTF_8);
    assertFails(Reason.NO_ANSWER, () -> container.append("a", 0, ByteBuffer.wrap(bytes), TIMEOUT));
    bytes[0] = '!';
    container.settle();
    assertEquals("x", inner.text("a"));
  }

  @Test
  void duplicatedIsAnsweredForTheSecondTime() throws ContainerException {
    script(FaultScript.nth(Request.Kind.APPEND, 1, new Fault.Duplicated()));
    assertEquals(1, append(0, "x"));
    assertFails(Reason.WRONG_POSITION, () -> append(1, "y"));
    assertEquals("xy", inner.text("a"));
  }

  @Test
  void duplicatedLastBlockIsAnsweredAsFull() throws ContainerException {
    script(FaultScript.nth(Request.Kind.APPEND, 2, new Fault.Duplicated()));
    append(0, "x");
    append(1, "y");
    assertFails(Reason.BLOCK_COUNT, () -> append(2, "z"));
    assertEquals("xyz", inner.text("a"));
  }

  @Test
  void echoedIsAnsweredAndComesAgain() throws ContainerException {
    script(FaultScript.every(new Fault.Echoed(1)));
    assertEquals(1, append(0, "x"));
    assertEquals(2, append(1, "y"));
    container.settle();
    assertEquals("xy", inner.text("a"));
    assertEquals(4, container.journal().size());
  }

  @Test
  void cutShortLeavesAPartInTheTarget() throws ContainerException {
    script(FaultScript.every(new Fault.CutShort(2)));
    append(0, "hello");
    ByteBuffer target = ByteBuffer.allocate(5);
    assertFails(Reason.NO_ANSWER, () -> container.read("a", 0, target, TIMEOUT));
    assertEquals("he\0\0\0", new String(target.array(), UTF_8));
    assertEquals(2, target.position());
    assertEquals(5, target.limit());
  }

  @Test
  void newestMissingIsAListingWithoutTheLast() throws ContainerException {
    script(FaultScript.of(Map.of(1, new Fault.NewestMissing())));
    container.create("b", Map.of(), TIMEOUT);
    assertEquals(List.of("a"), names());
    assertEquals(List.of("a", "b"), names());
  }

  private List<String> names() throws ContainerException {
    return container.list("", TIMEOUT).stream().map(ListedBlob::name).toList();
  }

  @Test
  void aFaultThatDoesNotFitLetsTheRequestPass() throws ContainerException {
    script(FaultScript.every(new Fault.CutShort(1)).and(FaultScript.every(new Fault.Lost())));
    assertEquals(1, append(0, "x"));
    assertEquals(Map.of(), container.faults());
  }

  @Test
  void aSeedGivesTheSameFaultsAgainAndSoDoTheFaultsThemselves() throws ContainerException {
    inner.create("a", Map.of(), TIMEOUT);
    List<String> first = manyRequests(FaultScript.seeded(5, 300));
    Map<Integer, Fault> faults = container.faults();
    assertEquals(first, manyRequests(FaultScript.seeded(5, 300)));
    assertEquals(first, manyRequests(FaultScript.of(faults)));
    assertTrue(faults.size() > 40, faults::toString);
  }

  private List<String> manyRequests(FaultScript script) {
    TinyContainer fresh = new TinyContainer(1_000);
    container = new FaultyContainer(fresh, script);
    for (int i = 0; i < 200; i++) {
      try {
        container.create("a" + i, Map.of(), TIMEOUT);
        container.list("a", TIMEOUT);
      } catch (ContainerException e) {
        assertTrue(e.reason() == Reason.ALREADY_EXISTS || !e.reason().certain(), e::toString);
      }
    }
    container.settle();
    return container.journal();
  }

  @Test
  void aSeedMakesEveryKindOfFault() {
    Set<Class<?>> kinds = new HashSet<>();
    List<Fault> misfits = new ArrayList<>();
    for (Request.Kind kind : Request.Kind.values()) {
      FaultScript script = FaultScript.seeded(1, 1_000);
      for (int number = 0; number < 300; number++) {
        Fault fault = script.fault(number, kind).orElseThrow();
        kinds.add(fault.getClass());
        if (!fault.fits(kind)) {
          misfits.add(fault);
        }
      }
    }
    assertEquals(Set.of(Fault.class.getPermittedSubclasses()), kinds);
    assertEquals(List.of(), misfits);
    assertEquals(Optional.empty(), FaultScript.seeded(1, 0).fault(3, Request.Kind.APPEND));
  }

  @Test
  void onceSettledNothingGoesWrong() throws ContainerException {
    script(FaultScript.every(new Fault.Throttled(9, TIMEOUT)));
    assertFails(Reason.BUSY, () -> append(0, "x"));
    container.settle();
    assertEquals(1, append(0, "x"));
  }
}
