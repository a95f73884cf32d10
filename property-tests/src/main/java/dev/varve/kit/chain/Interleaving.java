package dev.varve.kit.chain;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs a scenario in many schedules. Its actors take turns: one runs at a time, until its next
 * request to a container of the {@link World}, its next sleep or its end. So a schedule is the
 * sequence of those who were next, and the same schedule gives the same run.
 *
 * <pre>{@code
 * Interleaving.exhaustive(2).run(TwoWriters::new);
 * }</pre>
 *
 * <p>A <em>preemption</em> puts somebody else before one that could go on, or wakes a sleeper while
 * others could go on. Most errors need few of them, and the number of schedules grows with their
 * bound.
 */
public final class Interleaving {
  private static final int MAX_STEPS = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Choices choices;

  private Interleaving(Choices choices) {
    this.choices = choices;
  }

  /** Every schedule with at most so many preemptions; for one run. */
  public static Interleaving exhaustive(int maxPreemptions) {
    return new Interleaving(new DepthFirst(maxPreemptions));
  }

  /** So many schedules in which everybody is next by chance, the same for the same seed. */
  public static Interleaving random(long seed, int schedules) {
    return new Interleaving(
        new Choices() {
          private Random random = new Random(seed);
          private int begun;

          @Override
          public int next(List<Integer> free, List<Integer> preempting) {
            int chosen = random.nextInt(free.size() + preempting.size());
            return Stream.concat(free.stream(), preempting.stream()).skip(chosen).findFirst().get();
          }

          @Override
          public boolean another() {
            random = new Random(seed + begun);
            return begun++ < schedules;
          }
        });
  }

  /** One schedule, as a failure has printed it. */
  public static Interleaving replay(String schedule) {
    List<Integer> actors = Arrays.stream(schedule.split(" ")).map(Integer::valueOf).toList();
    return new Interleaving(
        new Choices() {
          private int step;
          private boolean begun;

          @Override
          public int next(List<Integer> free, List<Integer> preempting) {
            int actor = step < actors.size() ? actors.get(step++) : free.getFirst();
            if (!free.contains(actor) && !preempting.contains(actor)) {
              throw new IllegalStateException("actor %d cannot go on".formatted(actor));
            }
            return actor;
          }

          @Override
          public boolean another() {
            boolean first = !begun;
            begun = true;
            return first;
          }
        });
  }

  /**
   * Runs a scenario in every schedule.
   *
   * @param fresh makes the scenario, once per schedule
   * @return how many schedules there were
   * @throws AssertionError for the first schedule in which an actor or the check fails, or that
   *     does not end; it shows the steps, and what replays them
   */
  public int run(Function<World, Scenario> fresh) {
    int schedules = 0;
    while (choices.another()) {
      schedules++;
      Turns turns = new Turns(choices, MAX_STEPS, PATIENCE);
      try {
        Scenario scenario = fresh.apply(new World(turns));
        turns.take(scenario.actors());
        scenario.check();
      } catch (Throwable e) {
        throw new AssertionError(
            "schedule number %d fails: %s%n%s".formatted(schedules, e, turns), e);
      }
    }
    return schedules;
  }
}
