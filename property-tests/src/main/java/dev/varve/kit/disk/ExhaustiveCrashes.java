package dev.varve.kit.disk;

import dev.varve.kit.disk.CrashCase.Session;
import dev.varve.kit.disk.CrashExplorer.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All programs of a small alphabet, a crash before every I/O call of each, and all that a loss of
 * power may leave there: every combination where at most so many sectors, sizes and names are
 * uncertain, and a sample of as many combinations where more are. Recovery is crashed in the same
 * way, and the recovery after it.
 */
public final class ExhaustiveCrashes {
  private static final int MAX_RECOVERIES = 2;
  private static final int SAMPLES_IN_RECOVERY = 2;

  private final CrashExplorer explorer;
  private final DiskOptions options;
  private final List<Operation> before;
  private final List<Operation> alphabet;
  private final List<Operation> after;
  private final int uncertain;
  private final SplittableRandom random = new SplittableRandom(1);
  private long completePoints;
  private long sampledPoints;

  /**
   * @param before what every program begins with
   * @param after what is done to every log that has been recovered
   * @param uncertain up to how many uncertain sectors, sizes and names all combinations are tried
   */
  public ExhaustiveCrashes(
      LogOnDisk kind,
      DiskOptions options,
      List<Operation> before,
      List<Operation> alphabet,
      List<Operation> after,
      int uncertain) {
    this.explorer = new CrashExplorer(kind);
    this.options = options;
    this.before = before;
    this.alphabet = alphabet;
    this.after = after;
    this.uncertain = uncertain;
  }

  /** Tries all programs of up to so many operations. */
  public CrashSummary run(int operations) {
    explore(before, operations);
    return explorer.summary();
  }

  /** How many moments were tried in full, and how many by a sample. */
  public String coverage() {
    return "%,d moments in full, %,d by samples".formatted(completePoints, sampledPoints);
  }

  private void explore(List<Operation> program, int more) {
    for (long schedule = 0; schedule < 2; schedule++) {
      Ran ran = explorer.start(options, new Session(schedule, program, null));
      for (int moment = 0; moment < ran.moments().size(); moment++) {
        explore(ran, moment);
      }
    }
    for (Operation operation : more > 0 ? alphabet : List.<Operation>of()) {
      List<Operation> longer = new ArrayList<>(program);
      longer.add(operation);
      explore(longer, more - 1);
    }
  }

  private void explore(Ran ran, int moment) {
    Session next = new Session(moment % 2, after, null);
    sample(explorer.kill(ran, moment, next), 1);
    CrashPoint point = ran.moments().get(moment).point();
    if (point.uncertain() <= uncertain) {
      completePoints++;
      List<Integer> choices = List.of();
      do {
        Choices made = Choices.of(choices);
        losePower(ran, moment, made, 1);
        choices = made.next();
      } while (!choices.isEmpty());
    } else {
      sampledPoints++;
      sample(ran, moment, 1 << uncertain, 1);
    }
  }

  private void losePower(Ran ran, int moment, Choices choices, int recoveries) {
    Ran recovered = explorer.losePower(ran, moment, choices, new Session(moment % 2, after, null));
    if (recovered != null && recoveries < MAX_RECOVERIES) {
      sample(recovered, recoveries + 1);
    }
  }

  /** Crashes a session at all its moments. */
  private void sample(Ran ran, int recoveries) {
    for (int moment = 0; moment < ran.moments().size(); moment++) {
      sample(ran, moment, SAMPLES_IN_RECOVERY, recoveries);
    }
  }

  private void sample(Ran ran, int moment, int count, int recoveries) {
    for (int i = 0; i < count; i++) {
      int kept = i == 0 ? 0 : 1 + random.nextInt(3);
      losePower(
          ran,
          moment,
          new Choices(
              List.of(),
              outcomes -> random.nextInt(4) < kept ? outcomes - 1 : random.nextInt(outcomes),
              torn -> -1),
          recoveries);
    }
  }
}
