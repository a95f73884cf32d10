package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread after the other call the disk, in an order that the schedule alone decides. A
 * decision is made when every thread is about to call, waits in a monitor, or has ended: it does
 * not depend on how quickly each of them came there.
 *
 * <p>Threads are virtual. On a single carrier, see {@link Simulation}, one that waits for its turn
 * costs nothing but a yield.
 */
final class Turns {
  private static final long BLOCKED_NANOS = 50_000_000;
  private static final int YIELDS = 3;

  private final Schedule schedule;
  private final List<Participant> participants = new ArrayList<>();
  private volatile @Nullable Participant chosen;
  private @Nullable Participant watcher;
  private volatile boolean ended;

  private static final class Participant {
    private final Thread thread;
    private volatile boolean atCall;

    Participant(Thread thread) {
      this.thread = thread;
    }
  }

  Turns(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Makes threads that take part. */
  ThreadFactory threads() {
    ThreadFactory virtual = Thread.ofVirtual().name("simulated-", 1).factory();
    return task -> {
      Thread thread =
          virtual.newThread(
              () -> {
                awaitTurn();
                task.run();
              });
      join(thread);
      return thread;
    };
  }

  private synchronized Participant join(Thread thread) {
    participants.removeIf(known -> known.thread.getState() == Thread.State.TERMINATED);
    Participant joined = new Participant(thread);
    participants.add(joined);
    return joined;
  }

  private synchronized @Nullable Participant find(Thread thread) {
    for (Participant participant : participants) {
      if (participant.thread.equals(thread)) {
        return participant;
      }
    }
    return null;
  }

  /** Returns when it is the calling thread's turn; at once after the end. */
  void awaitTurn() {
    Participant known = find(Thread.currentThread());
    Participant self = known == null ? join(Thread.currentThread()) : known;
    self.atCall = true;
    while (chosen != self && !ended) {
      if (becomesWatcher(self)) {
        watch(self);
      } else {
        LockSupport.park(this);
      }
    }
    self.atCall = false;
    chosen = null;
    leaveWatch(self);
  }

  /** One of those who wait looks after the rest; more would keep the carrier to themselves. */
  private synchronized boolean becomesWatcher(Participant self) {
    if (watcher == null) {
      watcher = self;
    }
    return watcher == self;
  }

  private synchronized void leaveWatch(Participant self) {
    if (watcher == self) {
      watcher = null;
      for (Participant participant : participants) {
        if (participant.atCall) {
          LockSupport.unpark(participant.thread);
          return;
        }
      }
    }
  }

  private void watch(Participant self) {
    long blockedSince = 0;
    int looks = 0;
    while (chosen != self && !ended) {
      if (chosen == null) {
        Waiting waiting = decide(blockedSince != 0 && System.nanoTime() > blockedSince);
        blockedSince = waiting == Waiting.FOR_MONITORS ? since(blockedSince) : 0;
      }
      if (chosen != self) {
        pause(looks++);
      }
    }
  }

  /**
   * Those who are ready run while this one yields; one whose monitor has just become free is put
   * behind those who yield, again and again, unless they sleep.
   */
  // Whether a yield does anything decides about the time only.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void pause(int looks) {
    if (looks < YIELDS) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(1);
    }
  }

  private static long since(long blockedSince) {
    return blockedSince != 0 ? blockedSince : System.nanoTime() + BLOCKED_NANOS;
  }

  /** From now on nobody waits: every call fails anyway. */
  synchronized void end() {
    ended = true;
    participants.forEach(participant -> LockSupport.unpark(participant.thread));
  }

  private enum Waiting {
    FOR_NOBODY,
    FOR_MONITORS,
    FOR_THREADS
  }

  /** Chooses when all have come to rest; a long wait for a monitor is one for its holder's turn. */
  private synchronized Waiting decide(boolean patienceIsOver) {
    Waiting waiting = Waiting.FOR_NOBODY;
    List<Participant> candidates = new ArrayList<>(participants.size());
    for (int look = 0; look < 2; look++) {
      candidates.clear();
      for (Participant participant : participants) {
        if (participant.atCall) {
          candidates.add(participant);
        } else {
          Waiting one = waiting(participant);
          waiting = one.compareTo(waiting) > 0 ? one : waiting;
        }
      }
    }
    boolean settled =
        waiting == Waiting.FOR_NOBODY || (patienceIsOver && waiting == Waiting.FOR_MONITORS);
    if (settled && chosen == null && !candidates.isEmpty()) {
      int count = candidates.size();
      Participant next = candidates.get(count == 1 ? 0 : schedule.choose(count));
      chosen = next;
      LockSupport.unpark(next.thread);
    }
    return waiting;
  }

  private Waiting waiting(Participant participant) {
    return switch (participant.thread.getState()) {
      case NEW, WAITING, TIMED_WAITING, TERMINATED -> Waiting.FOR_NOBODY;
      case BLOCKED -> waitsForOneAtRest(participant) ? Waiting.FOR_NOBODY : Waiting.FOR_MONITORS;
      case RUNNABLE -> Waiting.FOR_THREADS;
    };
  }

  /**
   * Whether a thread that is blocked will stay so until another one's turn: somebody at rest is in
   * a method of the class whose monitor it waits for. Else that monitor has just become free, or
   * the thread has just been notified, and it will come here without anybody's turn.
   */
  private boolean waitsForOneAtRest(Participant blocked) {
    StackTraceElement[] stack = blocked.thread.getStackTrace();
    if (stack.length == 0 || stack[0].getClassName().equals(Object.class.getName())) {
      return false;
    }
    for (Participant other : participants) {
      boolean atRest = other.atCall || other.thread.getState() == Thread.State.WAITING;
      if (atRest && !other.equals(blocked) && isIn(stack[0].getClassName(), other.thread)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isIn(String type, Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getClassName().equals(type)) {
        return true;
      }
    }
    return false;
  }
}
