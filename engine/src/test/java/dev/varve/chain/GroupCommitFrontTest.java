package dev.varve.chain;

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
import dev.varve.chain.InMemoryContainer.Request;
import dev.varve.chain.ScriptedContainer.Step;
import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class GroupCommitFrontTest {
  private static final int MARKED = 56;
  private final InMemoryContainer container = container(50_000);
  private final ScriptedContainer scripted = new ScriptedContainer(container);

  /** Work that a test runs when it wants to. */
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  private final BlobChainDriver driver =
      BlobChainDriver.open(scripted, options().withExecutor(tasks::add));
  private final GroupCommitFront front = new GroupCommitFront(driver);

  private void work() {
    tasks.remove().run();
  }

  @Test
  void submissionsShareABlockInTheirOrderAndLearnTheirPositions() {
    CompletableFuture<Append> first = front.submit(event(1, 8));
    CompletableFuture<Append> second = front.submit(event(2, 16).add(3, new byte[8]));
    CompletableFuture<Append> third = front.submit(event(4, 0));
    assertFalse(first.isDone());
    work();
    assertEquals(new Appended(36, 56), first.join());
    assertEquals(new Appended(56, 104), second.join());
    assertEquals(new Appended(104, 116), third.join());
    assertEquals(1, container.requests(Request.APPEND));
    EventBuffer buffer = new EventBuffer(4096);
    driver.read(0, buffer);
    assertEquals(List.of(1L, 2L, 3L, 4L), keys(driver));
    assertEquals(104, buffer.position(3));
  }

  @Test
  void blockIsSplitBetweenSubmissionsOnly() {
    List<CompletableFuture<Append>> outcomes = new ArrayList<>();
    for (int key = 1; key <= 20; key++) {
      outcomes.add(front.submit(event(key, 524_280)));
    }
    work();
    outcomes.forEach(outcome -> assertInstanceOf(Appended.class, outcome.join()));
    assertEquals(3, container.requests(Request.APPEND));
    assertEquals(20, keys(driver, new EventBuffer(1 << 20)).size());
  }

  @Test
  void conditionalAppendGoesOutAloneInItsTurn() {
    CompletableFuture<Append> before = front.submit(event(1, 8));
    CompletableFuture<Append> stale = front.submit(0, event(2, 8));
    CompletableFuture<Append> current = front.submit(MARKED, event(3, 8));
    CompletableFuture<Append> after = front.submit(event(4, 8));
    work();
    assertEquals(new Appended(36, MARKED), before.join());
    outdated(MARKED, stale.join());
    assertEquals(new Appended(MARKED + 36, 2 * MARKED), current.join());
    assertEquals(new Appended(2 * MARKED + 36, 3 * MARKED), after.join());
    assertEquals(List.of(1L, 3L, 4L), keys(driver));
  }

  @Test
  void blockThatIsOutdatedMovesToTheNewEnd() {
    BlobChainDriver other = open(container);
    scripted.beforeAppend(() -> append(other, other.end(), 8));
    CompletableFuture<Append> moved = front.submit(event(9, 8));
    work();
    assertEquals(new Appended(MARKED + 36, 2 * MARKED), moved.join());
    append(other, other.end(), 10);
    moved = front.submit(event(11, 8));
    work();
    assertEquals(4 * MARKED, ((Appended) moved.join()).end());
    assertEquals(List.of(8L, 9L, 10L, 11L), keys(driver));
  }

  @Test
  void blockWhoseOutcomeIsUnknownDoesNotMove() {
    Step[] silence = new Step[1000];
    Arrays.fill(silence, Step.LOST);
    silence[0] = Step.LATE;
    scripted.appends(silence);
    CompletableFuture<Append> first = front.submit(event(1, 8));
    CompletableFuture<Append> second = front.submit(event(2, 8));
    work();
    assertInstanceOf(Append.Unknown.class, first.join());
    assertInstanceOf(Append.Unknown.class, second.join());
    assertTrue(scripted.deliver());
    assertEquals(List.of(1L, 2L), keys(driver));
  }

  @Test
  void failureReachesAllWhoShareTheBlockAndTheNextOneGoesOn() {
    scripted.appends(Step.DENIED);
    CompletableFuture<Append> first = front.submit(event(1, 8));
    CompletableFuture<Append> second = front.submit(event(2, 8));
    work();
    assertTrue(first.isCompletedExceptionally());
    assertInstanceOf(Unavailable.class, second.exceptionNow());
    CompletableFuture<Append> third = front.submit(event(3, 8));
    work();
    assertInstanceOf(Appended.class, third.join());
    assertEquals(List.of(3L), keys(driver));
  }

  @Test
  void emptySubmissionIsAcceptedWhereTheStreamEnds() {
    CompletableFuture<Append> alone = front.submit(new EventBatch());
    work();
    assertEquals(new Appended(0, 0), alone.join());
    CompletableFuture<Append> first = front.submit(event(1, 8));
    CompletableFuture<Append> between = front.submit(new EventBatch());
    CompletableFuture<Append> stale = front.submit(8, new EventBatch());
    work();
    assertEquals(new Appended(36, MARKED), first.join());
    assertEquals(new Appended(MARKED, MARKED), between.join());
    outdated(MARKED, stale.join());
  }

  @Test
  void batchMayBeUsedAgainAsSoonAsItWasSubmitted() {
    EventBatch batch = event(1, 8);
    front.submit(batch).isDone();
    batch.clear().add(2, new byte[8]);
    front.submit(batch).isDone();
    work();
    assertEquals(List.of(1L, 2L), keys(driver));
  }

  @Test
  void closedFrontRefusesAndHasCompletedEverything() {
    GroupCommitFront closing = new GroupCommitFront(open(container));
    List<CompletableFuture<Append>> outcomes = new ArrayList<>();
    for (int key = 1; key <= 100; key++) {
      outcomes.add(closing.submit(event(key, 8)));
    }
    closing.close();
    outcomes.forEach(outcome -> assertTrue(outcome.isDone()));
    assertThrows(IllegalStateException.class, () -> closing.submit(event(1, 8)));
    closing.close();
    assertEquals(100, keys(driver).size());
  }

  @Test
  void executorThatRefusesLeavesTheWorkToTheSubmitter() {
    ChainOptions refusing =
        options()
            .withExecutor(
                task -> {
                  throw new RejectedExecutionException();
                });
    GroupCommitFront alone = new GroupCommitFront(BlobChainDriver.open(container, refusing));
    assertEquals(new Appended(36, MARKED), alone.append(event(1, 8)));
    outdated(MARKED, alone.append(0, event(1, 8)));
  }

  @Test
  void blockingAppendThrowsWhatFailed() {
    GroupCommitFront direct =
        new GroupCommitFront(BlobChainDriver.open(scripted, options().withExecutor(Runnable::run)));
    scripted.appends(Step.DENIED);
    assertThrows(Unavailable.class, () -> direct.append(event(1, 8)));
    assertThrows(IllegalArgumentException.class, () -> direct.append(-1, event(1, 8)));
  }

  @Test
  void queueBoundsWhatWaitsButNeverForGood() throws InterruptedException {
    GroupCommitFront narrow = new GroupCommitFront(open(container), 100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 16; thread++) {
        long key = thread + 1L;
        threads.execute(
            () -> {
              for (int i = 0; i < 50; i++) {
                assertInstanceOf(Appended.class, narrow.append(event(key, 8 * (i % 30))));
              }
            });
      }
    }
    assertEquals(800, keys(driver).size());
    assertThrows(IllegalArgumentException.class, () -> new GroupCommitFront(driver, 0));
  }

  /** Many small submissions take more memory for their objects than for their events. */
  @Test
  void submissionsCountForTheQueueApartFromTheirEvents() throws InterruptedException {
    GroupCommitFront narrow = new GroupCommitFront(driver, 600);
    for (int i = 0; i < 2; i++) {
      assertFalse(narrow.submit(event(1, 0)).isDone());
    }
    Thread third = Thread.ofPlatform().start(() -> narrow.append(event(2, 0)));
    while (third.getState() != State.WAITING && third.isAlive()) {
      Thread.onSpinWait();
    }
    assertEquals(1, tasks.size());
    while (third.isAlive()) {
      Runnable task = tasks.poll();
      if (task != null) {
        task.run();
      }
    }
    assertEquals(List.of(1L, 1L), keys(driver).subList(0, 2));
    assertEquals(2, container.requests(Request.APPEND));
  }

  @Test
  void stageOfAFutureMaySubmitAlsoWhereTheQueueIsFull() {
    GroupCommitFront narrow = new GroupCommitFront(driver, 100);
    CompletableFuture<Append> first = narrow.submit(event(1, 40));
    CompletableFuture<Append> chained =
        first.thenCompose(
            outcome -> {
              CompletableFuture<Append> second = narrow.submit(event(2, 80));
              CompletableFuture<Append> third = narrow.submit(event(3, 80));
              return second.thenCombine(third, (_, last) -> last);
            });
    work();
    assertInstanceOf(Appended.class, chained.join());
    assertEquals(List.of(1L, 2L, 3L), keys(driver));
  }

  @Test
  void submittersOfSeveralFrontsShareOneChain() {
    List<GroupCommitFront> fronts =
        List.of(new GroupCommitFront(open(container)), new GroupCommitFront(open(container)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 8; thread++) {
        GroupCommitFront mine = fronts.get(thread % 2);
        long key = thread + 1L;
        threads.execute(
            () -> {
              for (int i = 0; i < 100; i++) {
                mine.append(event(key, 8));
              }
            });
      }
    }
    fronts.forEach(GroupCommitFront::close);
    List<Long> keys = keys(driver);
    assertEquals(800, keys.size());
    for (long key = 1; key <= 8; key++) {
      assertEquals(100, Collections.frequency(keys, key));
    }
  }

  @Test
  void answeredSubmittersGetAMomentToComeBack() {
    ChainFixture.Clock clock = new ChainFixture.Clock();
    List<Long> sleeps = new ArrayList<>();
    Gathering gathering = new Gathering(recording(clock, sleeps));
    SubmissionQueue queue = new SubmissionQueue(100);
    gathering.await(queue);
    for (int inPlay : new int[] {1, 2, 2}) {
      gathering.sent();
      pass(clock, 16_000_000);
      gathering.answered(inPlay);
      gathering.await(queue);
    }
    assertEquals(List.of(1_000_000L, 1_000_000L), sleeps);
    gathering.sent();
    gathering.answered(2);
    gathering.await(queue);
    assertEquals(2, sleeps.size());
  }

  private static Timing recording(Timing clock, List<Long> sleeps) {
    return new Timing() {
      @Override
      public long nanoTime() {
        return clock.nanoTime();
      }

      @Override
      public void sleep(Duration duration) {
        sleeps.add(duration.toNanos());
      }
    };
  }

  private static void pass(Timing clock, long nanos) {
    try {
      clock.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
