package dev.varve.kit.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The actors of one schedule, each on a thread of its own, of which one runs at a time. It hands
 * its turn on itself, so whatever one did is visible to the next.
 */
final class Turns {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int NOBODY = -1;

  private final Choices choices;
  private final int maxSteps;
  private final Duration patience;
  private final List<Turn> actors = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;
  private volatile boolean running;
  private volatile int progress;
  private long nanos;

  /** Where an actor stands. */
  private static final class Turn {
    final Actor actor;
    final Semaphore go = new Semaphore(0);
    final Thread thread;
    String next = "begin";
    long wakeNanos;
    boolean asleep;
    boolean done;

    Turn(Actor actor, Turns turns) {
      this.actor = actor;
      thread = Thread.ofVirtual().name(actor.name()).unstarted(() -> turns.run(this));
    }
  }

  /** Somebody's turn, and what it did in it. */
  private static final class Step {
    final int actor;
    final String what;
    String answer = "";

    Step(int actor, String what) {
      this.actor = actor;
      this.what = what;
    }
  }

  /** Ends the thread of an actor whose schedule has failed. */
  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Turns that {@code choices} gives, given up when nobody ends a turn for so long. */
  Turns(Choices choices, int maxSteps, Duration patience) {
    this.choices = choices;
    this.maxSteps = maxSteps;
    this.patience = patience;
  }

  /** Lets all of them run to their ends. */
  void take(List<Actor> all) throws Throwable {
    all.forEach(actor -> actors.add(new Turn(actor, this)));
    running = true;
    actors.forEach(turn -> turn.thread.start());
    if (!actors.isEmpty()) {
      handOn(NOBODY);
      awaitEnd();
    }
    running = false;
    Throwable cause = failure;
    if (cause != null) {
      throw cause;
    }
  }

  private void awaitEnd() throws InterruptedException {
    int seen = -1;
    while (!ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      if (seen == progress) {
        abandon(new AssertionError("an actor waits for something that is no request and no sleep"));
        actors.forEach(turn -> turn.thread.interrupt());
      }
      seen = progress;
    }
    for (Turn turn : actors) {
      turn.thread.join(patience);
    }
  }

  private void run(Turn turn) {
    try {
      turn.go.acquireUninterruptibly();
      if (failure == null) {
        turn.actor.body().run();
        turn.done = true;
        handOn(actors.indexOf(turn));
      }
    } catch (Abandoned _) {
      // The failure is another's.
    } catch (Throwable e) {
      abandon(e);
    }
  }

  private void abandon(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    actors.forEach(turn -> turn.go.release());
    ended.countDown();
  }

  /** Somebody else may come next. Outside of a schedule, nothing. */
  void pause(String what) {
    if (running) {
      Turn turn = current();
      turn.next = what;
      wait(turn);
    }
  }

  /** The others come next, where there are any. Outside of a schedule only the clock moves. */
  void sleep(long sleepNanos) {
    if (!running) {
      nanos += sleepNanos;
    } else {
      Turn turn = current();
      turn.next = "sleep " + TimeUnit.NANOSECONDS.toMicros(sleepNanos) + " us";
      turn.wakeNanos = nanos + sleepNanos;
      turn.asleep = true;
      wait(turn);
    }
  }

  /** What became of the step under way. */
  void note(String answer) {
    if (running) {
      steps.getLast().answer = answer;
    }
  }

  long nanos() {
    return nanos;
  }

  private Turn current() {
    Thread thread = Thread.currentThread();
    for (Turn turn : actors) {
      if (turn.thread.equals(thread)) {
        return turn;
      }
    }
    throw new IllegalStateException("a thread that is no actor takes a turn: " + thread);
  }

  private void wait(Turn turn) {
    if (failure != null) {
      throw new Abandoned();
    }
    handOn(actors.indexOf(turn));
    turn.go.acquireUninterruptibly();
    if (failure != null) {
      throw new Abandoned();
    }
  }

  private void handOn(int from) {
    if (actors.stream().allMatch(turn -> turn.done)) {
      ended.countDown();
      return;
    }
    try {
      begin(choose(from));
    } catch (RuntimeException | AssertionError e) {
      abandon(e);
    }
  }

  private void begin(int next) {
    if (steps.size() == maxSteps) {
      throw new AssertionError("no end within %d steps".formatted(maxSteps));
    }
    Turn turn = actors.get(next);
    steps.add(new Step(next, turn.next));
    progress = steps.size();
    nanos = (turn.asleep ? Math.max(nanos, turn.wakeNanos) : nanos) + STEP_NANOS;
    turn.asleep = false;
    turn.go.release();
  }

  private int choose(int from) {
    List<Integer> awake = indices(turn -> !turn.asleep);
    List<Integer> asleep = indices(turn -> turn.asleep);
    asleep.sort(Comparator.comparingLong(index -> actors.get(index).wakeNanos));
    List<Integer> free = new ArrayList<>(awake.isEmpty() ? asleep.subList(0, 1) : awake);
    if (awake.contains(from)) {
      free.retainAll(List.of(from));
    }
    List<Integer> preempting = new ArrayList<>(awake);
    preempting.addAll(asleep);
    preempting.removeAll(free);
    return choices.next(free, preempting);
  }

  private List<Integer> indices(Predicate<Turn> wanted) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < actors.size(); i++) {
      if (!actors.get(i).done && wanted.test(actors.get(i))) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** The steps so far, and what replays them. */
  @Override
  public String toString() {
    String lines =
        steps.stream()
            .map(step -> "  %s: %s -> %s%n".formatted(name(step), step.what, step.answer))
            .collect(Collectors.joining());
    String schedule =
        steps.stream().map(step -> String.valueOf(step.actor)).collect(Collectors.joining(" "));
    return "%sInterleaving.replay(\"%s\")".formatted(lines, schedule);
  }

  private String name(Step step) {
    return actors.get(step.actor).actor.name();
  }
}
