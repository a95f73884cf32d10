package dev.varve.chain;

import dev.varve.StorageException;
import dev.varve.StorageException.Unavailable;
import dev.varve.driver.Append;
import dev.varve.driver.Append.Appended;
import dev.varve.driver.Append.Outdated;
import dev.varve.driver.Append.Unknown;
import dev.varve.driver.EventBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share appends to a chain: what comes in while one block is on its way goes out
 * with the next one, in the order of submission. One block is on its way at a time, by a thread of
 * the chain's executor that is there only while there is something to do.
 *
 * <p>Submissions without a position go where the stream ends; a block of them that is outdated
 * moves to the new end, one whose outcome is unknown never does. A conditional append waits for its
 * turn and goes out alone. A submission is never split.
 *
 * <p>Safe from any thread. Stages that depend on a future run on the thread that appends: they must
 * be short, may submit, and never wait for another future of this front nor close it.
 */
public final class GroupCommitFront implements AutoCloseable {
  /** How many bytes may wait, unless something else is asked for. */
  public static final long DEFAULT_QUEUE_BYTES = 64L << 20;

  private static final long UNKNOWN_END = -1;

  private final BlobChainDriver driver;
  private final SubmissionQueue queue;
  private final Gathering gathering;

  private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();

  /** Where the next block goes; only for the thread that appends. */
  private long end = UNKNOWN_END;

  /** A front for a chain, which remains the caller's to close, later than the front. */
  public GroupCommitFront(BlobChainDriver driver) {
    this(driver, DEFAULT_QUEUE_BYTES);
  }

  /**
   * A front for a chain that lets so much wait.
   *
   * @param queueBytes of framed events, and some 256 for each submission; at least 1
   */
  public GroupCommitFront(BlobChainDriver driver, long queueBytes) {
    if (queueBytes < 1) {
      throw new IllegalArgumentException("queue bytes must be at least 1, are " + queueBytes);
    }
    this.driver = driver;
    queue = new SubmissionQueue(queueBytes);
    gathering = new Gathering(driver.options().timing());
  }

  /**
   * Submits events, which are copied; waits while too much is queued. An interrupt is kept.
   *
   * @return {@link Appended} with the events' own positions, or {@link Unknown}; fails with a
   *     {@link StorageException} when they were not appended
   * @throws IllegalArgumentException for a batch that no append to this chain holds
   * @throws IllegalStateException after {@link #close()}
   */
  public CompletableFuture<Append> submit(EventBatch events) {
    return enqueue(new Submission(Submission.ANYWHERE, driver.block(events)));
  }

  /**
   * Submits a conditional append, which goes out in its turn; otherwise like {@link
   * #submit(EventBatch)}.
   */
  public CompletableFuture<Append> submit(long expectedPosition, EventBatch events) {
    if (expectedPosition < 0) {
      throw new IllegalArgumentException("a position is at least 0, not " + expectedPosition);
    }
    return enqueue(new Submission(expectedPosition, driver.block(events)));
  }

  /** Submits events and waits for their outcome, which is never {@link Outdated}. */
  public Append append(EventBatch events) {
    return outcome(submit(events));
  }

  /** Submits a conditional append and waits for its outcome. */
  public Append append(long expectedPosition, EventBatch events) {
    return outcome(submit(expectedPosition, events));
  }

  private static Append outcome(CompletableFuture<Append> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private CompletableFuture<Append> enqueue(Submission submission) {
    if (queue.add(submission, isWorker())) {
      try {
        driver.options().executor().execute(this::work);
      } catch (RuntimeException | Error refused) {
        work();
      }
    }
    return submission.outcome();
  }

  private void work() {
    worker.set(Thread.currentThread());
    List<Submission> group = nextGroup();
    while (!group.isEmpty()) {
      commit(group);
      group = nextGroup();
    }
    worker.compareAndSet(Thread.currentThread(), null);
  }

  /** Whether the caller is a stage that depends on a future: only its thread could make room. */
  private boolean isWorker() {
    return Thread.currentThread().equals(worker.get());
  }

  private List<Submission> nextGroup() {
    gathering.await(queue);
    return queue.next(driver.maxFrameBytes());
  }

  private void commit(List<Submission> group) {
    try {
      Submission first = group.getFirst();
      gathering.sent();
      Append outcome =
          first.conditional()
              ? driver.append(first.expected(), first.block())
              : appendAtEnd(block(group));
      gathering.answered(group.size() + queue.size());
      if (first.conditional()) {
        first.outcome().complete(outcome);
      } else {
        tell(group, outcome);
      }
    } catch (RuntimeException | Error failure) {
      end = UNKNOWN_END;
      group.forEach(submission -> submission.outcome().completeExceptionally(failure));
    }
  }

  private static AppendBlock block(List<Submission> group) {
    if (group.size() == 1) {
      return group.getFirst().block();
    }
    AppendBlock block = new AppendBlock(group.stream().mapToInt(Submission::frameBytes).sum());
    group.forEach(submission -> block.add(submission.block()));
    return block;
  }

  /** Follows the end of the stream until the block is in it. */
  private Append appendAtEnd(AppendBlock block) {
    Deadline deadline = new Deadline(driver.options());
    Append outcome = driver.append(end == UNKNOWN_END ? driver.end() : end, block);
    while (outcome instanceof Outdated outdated) {
      if (deadline.isOver()) {
        throw new Unavailable("others appended first until the time was over; nothing was applied");
      }
      outcome = driver.append(outdated.end(), block);
    }
    end = outcome instanceof Appended appended ? appended.end() : UNKNOWN_END;
    return outcome;
  }

  private static void tell(List<Submission> group, Append outcome) {
    if (!(outcome instanceof Appended appended)) {
      group.forEach(submission -> submission.outcome().complete(outcome));
      return;
    }
    long position = appended.position();
    for (Submission submission : group) {
      long next = position + submission.frameBytes();
      submission.outcome().complete(new Appended(position, next));
      position = next;
    }
  }

  /** Refuses what comes and returns when all that was submitted has its outcome. */
  @Override
  public void close() {
    queue.close();
  }
}
