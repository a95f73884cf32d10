package dev.varve.chain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What was submitted and is not on its way yet, in order, and whether somebody is at work on it. It
 * holds a bounded number of bytes: who submits more waits.
 */
final class SubmissionQueue {
  private final long mostBytes;
  private final Queue<Submission> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean working;
  private boolean closed;

  SubmissionQueue(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Adds a submission as soon as there is room; one that is larger than all room waits for the
   * queue to be empty. An interrupt is kept.
   *
   * @param atOnce for the thread that makes the room, which cannot wait for it
   * @return whether nobody is at work, so that the caller has to see to it
   * @throws IllegalStateException once it is closed
   */
  synchronized boolean add(Submission submission, boolean atOnce) {
    if (!atOnce) {
      awaitRoom(submission.heldBytes());
    }
    if (closed) {
      throw new IllegalStateException("the front is closed");
    }
    waiting.add(submission);
    waitingBytes += submission.heldBytes();
    boolean idle = !working;
    working = true;
    return idle;
  }

  /** How many submissions wait. */
  synchronized int size() {
    return waiting.size();
  }

  private void awaitRoom(int bytes) {
    boolean interrupted = false;
    while (!closed && waitingBytes > 0 && waitingBytes + bytes > mostBytes) {
      interrupted |= pause();
    }
    restore(interrupted);
  }

  /**
   * The next submissions that go out as one block: a conditional one alone, others as many as fit.
   *
   * @return empty when there is nothing; then nobody is at work any more
   */
  synchronized List<Submission> next(int mostFrameBytes) {
    List<Submission> group = new ArrayList<>();
    long bytes = 0;
    for (Submission first = waiting.peek(); first != null; first = waiting.peek()) {
      boolean joins =
          group.isEmpty()
              || (!first.conditional()
                  && !group.getFirst().conditional()
                  && bytes + first.frameBytes() <= mostFrameBytes);
      if (!joins) {
        break;
      }
      bytes += first.frameBytes();
      waitingBytes -= first.heldBytes();
      group.add(waiting.remove());
    }
    working = !group.isEmpty();
    notifyAll();
    return group;
  }

  /** Takes nothing any more and waits until all work is done. An interrupt is kept. */
  synchronized void close() {
    closed = true;
    notifyAll();
    boolean interrupted = false;
    while (working) {
      interrupted |= pause();
    }
    restore(interrupted);
  }

  @SuppressWarnings("WaitNotInLoop") // Its callers loop.
  private boolean pause() {
    try {
      wait();
      return false;
    } catch (InterruptedException later) {
      return true;
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
