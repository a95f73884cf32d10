package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    int looks = 0;
    while (chosen != self && !ended) {
      if (chosen == null && decide(false) == Waiting.FOR_MONITORS) {
        awaitMonitors();
      }
      if (chosen != self) {
        pause(looks++);
      }
    }
  }

  /**
   * Whoever is blocked although every monitor that became free has been handed over is so until
   * another one's turn.
   */
  private void awaitMonitors() {
    Map<Thread, List<StackTraceElement>> before = blocked();
    MonitorHandover.awaitAll();
    decide(before.equals(blocked()));
  }

  private synchronized Map<Thread, List<StackTraceElement>> blocked() {
    Map<Thread, List<StackTraceElement>> blocked = new HashMap<>();
    for (Participant participant : participants) {
      Thread thread = participant.thread;
      if (!participant.atCall && thread.getState() == Thread.State.BLOCKED) {
        blocked.put(thread, List.of(thread.getStackTrace()));
      }
    }
    return blocked;
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

  /** Chooses when all have come to rest; those who are blocked may have. */
  private synchronized Waiting decide(boolean blockedRest) {
    Waiting waiting = Waiting.FOR_NOBODY;
    List<Participant> candidates = new ArrayList<>(participants.size());
    for (Participant participant : participants) {
      if (participant.atCall) {
        candidates.add(participant);
      } else {
        Waiting one = waiting(participant.thread);
        waiting = one.compareTo(waiting) > 0 ? one : waiting;
      }
    }
    boolean settled =
        waiting == Waiting.FOR_NOBODY || (blockedRest && waiting == Waiting.FOR_MONITORS);
    if (settled && chosen == null && !candidates.isEmpty()) {
      int count = candidates.size();
      Participant next = candidates.get(count == 1 ? 0 : schedule.choose(count));
      chosen = next;
      LockSupport.unpark(next.thread);
    }
    return waiting;
  }

  private static Waiting waiting(Thread thread) {
    return switch (thread.getState()) {
      case NEW, WAITING, TIMED_WAITING, TERMINATED -> Waiting.FOR_NOBODY;
      case BLOCKED -> Waiting.FOR_MONITORS;
      case RUNNABLE -> Waiting.FOR_THREADS;
    };
  }
}
