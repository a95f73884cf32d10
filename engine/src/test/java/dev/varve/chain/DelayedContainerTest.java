package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.DelayedContainer.Latency;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** How long requests take, on a clock that only this test moves. */
class DelayedContainerTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final Latency TEN_MILLISECONDS = Latency.fixed(Duration.ofMillis(10));

  /** Remembers what passes instead of waiting for it. */
  private static final class Passed implements Timing {
    private final List<Duration> sleeps = new ArrayList<>();
    private boolean interrupted;

    @Override
    public long nanoTime() {
      return total().toNanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      if (interrupted) {
        throw new InterruptedException();
      }
      sleeps.add(duration);
    }

    Duration total() {
      return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
    }
  }

  private final InMemoryContainer memory = new InMemoryContainer(BlobLimits.AZURE);
  private final Passed time = new Passed();

  @Test
  void eachRequestTakesTheBaseTimeRefusalsIncluded() throws Exception {
    DelayedContainer container = delayed(TEN_MILLISECONDS, 1);
    container.create("a", Map.of(), ENOUGH);
    container.append("a", 0, ByteBuffer.allocate(8), ENOUGH);
    container.properties("a", ENOUGH);
    container.read("a", 0, ByteBuffer.allocate(8), ENOUGH);
    container.list("", ENOUGH);
    container.setMetadata("a", Map.of(), ENOUGH);
    container.stageBlock("b", "one", ByteBuffer.allocate(8), ENOUGH);
    container.commitBlocks("b", List.of("one"), Map.of(), ENOUGH);
    refused(Reason.ALREADY_EXISTS, () -> container.create("a", Map.of(), ENOUGH));
    assertEquals(Duration.ofMillis(90), time.total());
    assertEquals(9, memory.requests());
  }

  @Test
  void halfOfTheTimePassesBeforeTheOtherContainerIsAsked() throws Exception {
    delayed(TEN_MILLISECONDS, 1).create("a", Map.of(), ENOUGH);
    assertEquals(List.of(Duration.ofMillis(5), Duration.ofMillis(5)), time.sleeps);
  }

  @Test
  void contentTakesItsTimeOnTheWayThereAndOnTheWayBack() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(2), Duration.ofMillis(40), Duration.ZERO);
    DelayedContainer container = delayed(latency, 1);
    memory.create("a", Map.of(), ENOUGH);
    container.append("a", 0, ByteBuffer.allocate(1 << 19), ENOUGH);
    assertEquals(List.of(Duration.ofMillis(21), Duration.ofMillis(1)), time.sleeps);
    time.sleeps.clear();
    container.read("a", 1 << 18, ByteBuffer.allocate(1 << 20), ENOUGH);
    assertEquals(List.of(Duration.ofMillis(1), Duration.ofMillis(11)), time.sleeps);
  }

  @Test
  void jitterIsPartOfItsMostAndTheSameForTheSameSeed() throws Exception {
    Latency latency = new Latency(Duration.ofMillis(2), Duration.ZERO, Duration.ofMillis(6));
    List<Duration> first = sleeps(latency, 7);
    assertEquals(first, sleeps(latency, 7));
    assertNotEquals(first, sleeps(latency, 8));
    for (Duration half : first) {
      assertTrue(half.compareTo(Duration.ofMillis(1)) >= 0, half::toString);
      assertTrue(half.compareTo(Duration.ofMillis(4)) <= 0, half::toString);
    }
  }

  private List<Duration> sleeps(Latency latency, long seed) throws ContainerException {
    time.sleeps.clear();
    DelayedContainer container = delayed(latency, seed);
    for (int i = 0; i < 50; i++) {
      container.list("", ENOUGH);
    }
    return List.copyOf(time.sleeps);
  }

  @Test
  void aRequestThatDoesNotArriveInTimeIsNotApplied() throws Exception {
    memory.create("a", Map.of(), ENOUGH);
    DelayedContainer container = delayed(TEN_MILLISECONDS, 1);
    refused(
        Reason.NO_ANSWER,
        () -> container.append("a", 0, ByteBuffer.allocate(8), Duration.ofMillis(4)));
    assertEquals(0, memory.properties("a", ENOUGH).length());
    assertEquals(Duration.ofMillis(4), time.total());
  }

  @Test
  void aRequestWhoseAnswerIsLateIsApplied() throws Exception {
    memory.create("a", Map.of(), ENOUGH);
    DelayedContainer container = delayed(TEN_MILLISECONDS, 1);
    refused(
        Reason.NO_ANSWER,
        () -> container.append("a", 0, ByteBuffer.allocate(8), Duration.ofMillis(9)));
    assertEquals(8, memory.properties("a", ENOUGH).length());
    assertEquals(Duration.ofMillis(9), time.total());
  }

  @Test
  void aReadWhoseAnswerIsLateLeavesTheTargetsPosition() throws Exception {
    memory.create("a", Map.of(), ENOUGH);
    memory.append("a", 0, ByteBuffer.allocate(8), ENOUGH);
    ByteBuffer target = ByteBuffer.allocate(8);
    DelayedContainer container = delayed(TEN_MILLISECONDS, 1);
    refused(Reason.NO_ANSWER, () -> container.read("a", 0, target, Duration.ofMillis(9)));
    assertEquals(0, target.position());
    assertEquals(8, container.read("a", 0, target, Duration.ofMillis(10)));
    assertEquals(8, target.position());
  }

  @Test
  void aLateRefusalIsNoAnswer() {
    DelayedContainer container = delayed(TEN_MILLISECONDS, 1);
    refused(Reason.NO_ANSWER, () -> container.properties("a", Duration.ofMillis(9)));
    refused(Reason.NOT_FOUND, () -> container.properties("a", Duration.ofMillis(10)));
  }

  @Test
  void anInterruptedThreadGetsNoAnswerAndStaysInterrupted() {
    time.interrupted = true;
    refused(Reason.NO_ANSWER, () -> delayed(TEN_MILLISECONDS, 1).list("", ENOUGH));
    assertTrue(Thread.interrupted());
    assertEquals(0, memory.requests());
  }

  @Test
  void aThreadThatWasInterruptedBeforeIsAnsweredAndStaysInterrupted() throws Exception {
    BlobContainer container =
        new DelayedContainer(memory, TEN_MILLISECONDS, Timing.SYSTEM, new Random(1));
    Thread.currentThread().interrupt();
    container.create("a", Map.of(), ENOUGH);
    assertTrue(Thread.interrupted());
  }

  @Test
  void withoutLatencyNobodyWaits() throws Exception {
    delayed(Latency.fixed(Duration.ZERO), 1).create("a", Map.of(), ENOUGH);
    assertEquals(List.of(), time.sleeps);
  }

  @Test
  void limitsAreThoseOfTheOtherContainer() {
    BlobLimits limits = new BlobLimits(2048, 3);
    BlobContainer other = new InMemoryContainer(limits);
    assertEquals(
        limits, new DelayedContainer(other, TEN_MILLISECONDS, time, new Random(1)).limits());
  }

  @Test
  void negativeLatenciesAreMisuse() {
    Duration negative = Duration.ofNanos(-1);
    assertThrows(IllegalArgumentException.class, () -> Latency.fixed(negative));
    assertThrows(
        IllegalArgumentException.class, () -> new Latency(Duration.ZERO, negative, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> new Latency(Duration.ZERO, Duration.ZERO, negative));
  }

  private DelayedContainer delayed(Latency latency, long seed) {
    return new DelayedContainer(memory, latency, time, new Random(seed));
  }

  private static void refused(Reason reason, Executable request) {
    assertEquals(reason, assertThrows(ContainerException.class, request).reason());
  }
}
