package dev.varve.bench.questions;

import dev.varve.bench.systems.Level;
import dev.varve.bench.systems.Systems;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One set of parameters of a question; the contestants of a case are compared with each other.
 *
 * @param method name of the benchmark method
 * @param params JMH parameters, without {@code system}
 * @param label the parameters as results show them; equal for rows that are compared
 * @param level what appends promise
 * @param shape how it is measured
 * @param quick its part in the quick run
 * @param verdict its part in the verdict run
 * @param counters JMH counters that are reported instead of the score; their names end with their
 *     unit: Micros, of which the largest is reported, PerSecond or Percent, of which the mean is
 * @param scratchBytes space on disk that one row needs at most
 * @param workload what log systems are asked for; empty if the contestants are something else
 * @param fixed the contestants when there is no workload
 */
public record Case(
    String method,
    Map<String, String> params,
    String label,
    Level level,
    Shape shape,
    Roster quick,
    Roster verdict,
    List<String> counters,
    long scratchBytes,
    Optional<Workload> workload,
    List<Contestant> fixed) {
  private static final long SLACK_BYTES = 64L << 20;
  private static final int TURNS_PART = 2;
  private static final Set<Task> TIMED = Set.of(Task.APPEND, Task.MAPPING);

  /** A case of log systems; how much disk it needs follows from what is appended. */
  public static Case of(String method, Map<String, String> params, Workload workload) {
    return new Case(
        method,
        Map.copyOf(params),
        label(params),
        workload.level(),
        Shape.STEADY,
        Roster.ON_REQUEST,
        Roster.ON_REQUEST,
        List.of(),
        scratchBytes(workload),
        Optional.of(workload),
        List.of());
  }

  /** A case of contestants that are no log systems and need no disk. */
  public static Case of(String method, Map<String, String> params, List<Contestant> contestants) {
    return new Case(
        method,
        Map.copyOf(params),
        label(params),
        Level.NONE,
        Shape.STEADY,
        Roster.ON_REQUEST,
        Roster.ON_REQUEST,
        List.of(),
        0,
        Optional.empty(),
        contestants);
  }

  /** The same, in the quick run as well, without some systems there. */
  public Case inQuick(String... without) {
    return new Case(
        method,
        params,
        label,
        level,
        shape,
        Roster.allBut(without),
        verdict,
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** The same, among those of a verdict run, without some systems there. */
  public Case inVerdict(String... without) {
    return new Case(
        method,
        params,
        label,
        level,
        shape,
        quick,
        Roster.allBut(without),
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** The same, with so many forks for each score that ours has in a verdict run. */
  public Case scoredByForks(int number) {
    return new Case(
        method,
        params,
        label,
        level,
        shape,
        quick,
        verdict.withForks(number),
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** The same, measured in another way. */
  public Case shaped(Shape other) {
    return new Case(
        method,
        params,
        label,
        level,
        other,
        quick,
        verdict,
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** The same with another label. */
  public Case labelled(String other) {
    return new Case(
        method,
        params,
        other,
        level,
        shape,
        quick,
        verdict,
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** The same, reported by counters of the benchmark. */
  public Case counting(String... names) {
    return new Case(
        method,
        params,
        label,
        level,
        shape,
        quick,
        verdict,
        List.of(names),
        scratchBytes,
        workload,
        fixed);
  }

  /** The same with that much space on disk for one row. */
  public Case withScratch(long bytes) {
    return new Case(
        method, params, label, level, shape, quick, verdict, counters, bytes, workload, fixed);
  }

  /** The same where appends survive a loss of power. */
  public Case durable() {
    return new Case(
        method,
        params,
        label,
        Level.SYNC,
        shape,
        quick,
        verdict,
        counters,
        scratchBytes,
        workload,
        fixed);
  }

  /** Everyone who takes part, in the order ours, peers, limits. */
  public List<Contestant> contestants() {
    return workload
        .map(
            asked ->
                Systems.all().stream()
                    .flatMap(system -> Contestant.of(system, asked).stream())
                    .toList())
        .orElse(fixed);
  }

  /**
   * What a fork needs on disk at most that takes turns. It measures for less than half of the time
   * that others may take, so where time decides how much is appended, it is half at most.
   */
  public long scratchBytesInTurns() {
    boolean timed = workload.filter(asked -> TIMED.contains(asked.task())).isPresent();
    return timed ? scratchBytes / TURNS_PART : scratchBytes;
  }

  /** Whether its forks may be alive together and take turns: not where a turn takes seconds. */
  public boolean together() {
    return shape != Shape.LONG_SHOTS;
  }

  /**
   * Whether the thread of a fork that takes turns may be pinned to a core. Not where it waits for
   * the disk, whose interrupts come to one core and wake others late; nor where it runs code that
   * is yet to be compiled, because the compiler may be on that core.
   */
  public boolean pinned() {
    return level == Level.NONE && shape != Shape.SHOTS;
  }

  /** How many figures are reported. */
  public int figures() {
    return Math.max(1, counters.size());
  }

  private static String label(Map<String, String> params) {
    return new TreeMap<>(params)
        .entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(";"));
  }

  /**
   * Frames, indexes, tables and logs beside each other: three times the payload at most; where the
   * oldest may go, those who cannot drop it keep one copy of all.
   */
  private static long scratchBytes(Workload workload) {
    long payload = workload.totalBytes();
    return SLACK_BYTES + (workload.dropsOldest() ? payload + payload / 4 : 3 * payload);
  }
}
