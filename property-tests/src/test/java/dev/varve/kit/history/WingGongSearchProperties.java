package dev.varve.kit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** The search, with its shortcut and its memory, finds what trying every order finds. */
final class WingGongSearchProperties {
  private static final String SEED = "20260101";

  @Property(seed = SEED, tries = 4_000)
  void findsAnOrderIfAndOnlyIfThereIsOne(
      @ForAll @IntRange(min = 1, max = 7) int operations,
      @ForAll @IntRange(min = 1, max = 14) int overlap,
      @ForAll long seed,
      @ForAll Refusals refusals) {
    StreamHistory history = history(operations, overlap, new Random(seed));
    boolean found = history.check(refusals) instanceof Verdict.Linearizable;
    Statistics.collect(found);
    assertEquals(everyOrder(history, refusals), found, history::toString);
  }

  private static StreamHistory history(int count, int overlap, Random random) {
    List<Integer> moments = new ArrayList<>();
    for (int i = 0; i < 2 * count; i++) {
      moments.add(i);
    }
    for (int i = 0; i < 2 * count; i += overlap) {
      Collections.shuffle(moments.subList(i, Math.min(2 * count, i + overlap)), random);
    }
    return new StreamHistory(
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  int one = moments.get(2 * i);
                  int two = moments.get(2 * i + 1);
                  Outcome outcome = outcome(i, random);
                  return new Operation(i, i, Math.min(one, two), Math.max(one, two), outcome);
                })
            .toList());
  }

  private static Outcome outcome(int batch, Random random) {
    long[] ends = {0, 10, 20};
    long some = ends[random.nextInt(3)];
    long other = ends[random.nextInt(3)];
    return switch (random.nextInt(7)) {
      case 0, 1 -> new Outcome.Appended(batch, 1, some, some, some + 10);
      case 2, 3 -> new Outcome.Unknown(batch, 1, some);
      case 4 -> new Outcome.Outdated(batch, 1, some, other);
      case 5 -> new Outcome.End(some);
      default -> new Outcome.Read(some, List.of(), some, false);
    };
  }

  /** Takes what may come next in every order, and unknown appends at any time or never. */
  private static boolean everyOrder(StreamHistory history, Refusals refusals) {
    Sightings sightings = new Sightings(history);
    return tryAll(history.operations(), SequentialStream.empty(sightings), refusals);
  }

  private static boolean tryAll(List<Operation> left, SequentialStream stream, Refusals refusals) {
    List<Operation> answered =
        left.stream().filter(one -> !(one.outcome() instanceof Outcome.Unknown)).toList();
    if (answered.isEmpty()) {
      return true;
    }
    return left.stream()
        .filter(next -> answered.stream().allMatch(one -> next.invoked() < one.answered()))
        .map(next -> Tuple.of(next, stream.after(next.outcome(), refusals)))
        .anyMatch(
            pair -> {
              SequentialStream after = pair.get2();
              List<Operation> rest = new ArrayList<>(left);
              rest.remove(pair.get1());
              return after != null && tryAll(rest, after, refusals);
            });
  }
}
