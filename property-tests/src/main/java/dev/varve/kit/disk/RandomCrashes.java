package dev.varve.kit.disk;

import dev.varve.kit.disk.CrashCase.Session;
import dev.varve.kit.disk.CrashExplorer.Ran;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Long programs, crashed anywhere, also in recovery and in the recovery after that, until enough
 * has been tried. The seed decides about everything.
 */
public final class RandomCrashes {
  private static final int MOST_OPERATIONS = 40;
  private static final int MOST_OPERATIONS_AFTER = 6;
  private static final int MAX_CRASHES = 3;
  private static final int IMAGES_PER_MOMENT = 4;
  private static final int ONE_KILL_IN = 8;
  private static final int ONE_GOES_ON_IN = 24;
  private static final int ONE_TORN_IN = 6;
  private static final int MOMENTS_GONE_ON_FROM = 6;

  private final CrashExplorer explorer;
  private final DiskOptions options;
  private final ProgramSource source;
  private SplittableRandom random = new SplittableRandom(0);

  /** Makes up operations that suit the log under test. */
  @FunctionalInterface
  public interface ProgramSource {
    /** The next operation of a program; {@code number} has all the randomness that it may use. */
    Operation next(long number);
  }

  /** Programs of the source's operations on a disk like this. */
  public RandomCrashes(LogOnDisk kind, DiskOptions options, ProgramSource source) {
    this.explorer = new CrashExplorer(kind);
    this.options = options;
    this.source = source;
  }

  /**
   * Runs the program of one seed, and crashes it.
   *
   * @throws FailedCase when the log breaks a promise; the case is as short as could be made
   */
  public void run(long seed) {
    random = new SplittableRandom(seed);
    try {
      Ran ran = explorer.start(options, session(MOST_OPERATIONS));
      crash(ran, 1, IMAGES_PER_MOMENT);
    } catch (FailedCase failed) {
      throw Shrinking.shortest(explorer, failed);
    }
  }

  /** Runs seeds from the first on until there is enough. */
  public CrashSummary runUntil(long firstSeed, BooleanSupplier enough) {
    for (long seed = firstSeed; !enough.getAsBoolean(); seed++) {
      run(seed);
    }
    return explorer.summary();
  }

  /** What has been tried so far. */
  public CrashSummary summary() {
    return explorer.summary();
  }

  private Session session(int most) {
    int count = 1 + random.nextInt(most);
    List<Operation> operations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      operations.add(source.next(random.nextLong()));
    }
    return new Session(random.nextInt(1 << 20), operations, null);
  }

  private void crash(Ran ran, int crashes, int images) {
    for (int moment = 0; moment < ran.moments().size(); moment++) {
      if (random.nextInt(ONE_KILL_IN) == 0) {
        goOn(explorer.kill(ran, moment, session(MOST_OPERATIONS_AFTER)), crashes);
      }
      for (int i = 0; i < images; i++) {
        boolean goesOn = random.nextInt(ONE_GOES_ON_IN) == 0;
        Session next = session(goesOn ? MOST_OPERATIONS_AFTER : 2);
        Ran recovered = explorer.losePower(ran, moment, choices(), next);
        if (recovered != null && goesOn) {
          goOn(recovered, crashes);
        }
      }
    }
  }

  /** A session after a crash is crashed too, at some of its moments, those of recovery first. */
  private void goOn(Ran ran, int crashes) {
    if (crashes < MAX_CRASHES) {
      for (int i = 0; i < MOMENTS_GONE_ON_FROM; i++) {
        int bound = 1 + random.nextInt(ran.moments().size());
        Session next = session(2);
        Ran recovered = explorer.losePower(ran, random.nextInt(bound), choices(), next);
        if (recovered != null && i == 0) {
          goOn(recovered, crashes + 1);
        }
      }
    }
  }

  /** Much is kept or little, and now and then a sector is torn. */
  private Choices choices() {
    SplittableRandom own = random.split();
    int kept = own.nextInt(5);
    return new Choices(
        List.of(),
        count -> own.nextInt(4) < kept ? count - 1 : own.nextInt(count),
        count -> own.nextInt(ONE_TORN_IN) == 0 ? own.nextInt(count) : -1);
  }
}
