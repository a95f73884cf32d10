package dev.varve.support;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the tests of one run have tried to break, by kind, and how long those of the long profile
 * may go on. The totals are printed when the run ends.
 */
public final class Tried {
  /** Hours that {@code mvn -Plong verify -Dhours=N} was given, for all tests together; else 0. */
  private static final double HOURS = Double.parseDouble(System.getProperty("hours", "0"));

  private static final Map<String, Long> TOTALS = new TreeMap<>();

  private Tried() {}

  /**
   * Counts {@code count} more of a kind, named in the plural: {@code "crash states"}, {@code
   * "kills"}.
   */
  public static void add(String kind, long count) {
    synchronized (TOTALS) {
      TOTALS.merge(kind, count, Long::sum);
    }
  }

  /**
   * How long a test of the long profile goes on.
   *
   * @param part of the hours that were given, above 0 and at most 1
   * @param least what it takes where no hours were given, or fewer
   */
  public static Duration share(double part, Duration least) {
    Duration given = Duration.ofMillis((long) (HOURS * part * Duration.ofHours(1).toMillis()));
    return given.compareTo(least) > 0 ? given : least;
  }

  /** One line with all totals, empty if nothing was tried. */
  public static String totals() {
    synchronized (TOTALS) {
      return TOTALS.entrySet().stream()
          .map(total -> "%,d %s".formatted(total.getValue(), total.getKey()))
          .collect(Collectors.joining(", "));
    }
  }
}
