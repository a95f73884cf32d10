package dev.varve.kit.disk;

import dev.varve.kit.disk.CrashCase.End;
import dev.varve.kit.disk.CrashCase.Session;
import dev.varve.kit.disk.RecordLogOracle.Crash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts logs from what crashes leave, and counts. A crash state counts once per distinct content
 * of the disk in which something that had not been synced is missing.
 */
final class CrashExplorer {
  private final LogOnDisk kind;
  private final Set<Long> states = new HashSet<>();
  private final Set<Long> checked = new HashSet<>();
  private long kills;
  private long recoveries;

  CrashExplorer(LogOnDisk kind) {
    this.kind = kind;
  }

  LogOnDisk kind() {
    return kind;
  }

  /** A session that has run, with the case that leads to its moments. */
  record Ran(CrashCase sessions, LogRun run) {
    List<LogRun.Moment> moments() {
      return run.moments();
    }

    /** The case that goes on from one of the moments. */
    CrashCase then(End end, Session next) {
      List<Session> more = new ArrayList<>(sessions.sessions());
      more.add(more.removeLast().endingWith(end));
      more.add(next);
      return new CrashCase(sessions.options(), more);
    }
  }

  /** Runs the first session of a case, on an empty disk. */
  Ran start(DiskOptions options, Session first) {
    CrashCase sessions = new CrashCase(options, List.of(first));
    SimulatedDisk disk = new SimulatedDisk(options, first.newSchedule());
    LogRun run = new LogRun(kind, disk, new RecordLogOracle(), 0);
    return run(sessions, run, Crash.POWER_LOSS, first);
  }

  private Ran run(CrashCase sessions, LogRun run, Crash crash, Session session) {
    recoveries++;
    try {
      run.run(crash, session.operations());
      return new Ran(sessions, run);
    } catch (RuntimeException | Error broken) {
      throw new FailedCase(sessions, broken);
    }
  }

  /** Lets the power go at a moment and runs the next session; {@code null} where that was done. */
  @Nullable Ran losePower(Ran before, int moment, Choices choices, Session next) {
    LogRun.Moment at = before.moments().get(moment);
    DiskImage image = at.point().powerLoss(choices);
    long hash = image.hash();
    if (image.lossy()) {
      states.add(hash);
    }
    long key = Hashes.join(hash, at.expected().fingerprint());
    if (!checked.add(Hashes.join(key, next.operations().hashCode()))) {
      return null;
    }
    End end = new End(moment, Crash.POWER_LOSS, List.copyOf(choices.made()));
    SimulatedDisk disk = image.start(next.newSchedule());
    LogRun run = new LogRun(kind, disk, at.expected(), before.run().nextPayload());
    return run(before.then(end, next), run, Crash.POWER_LOSS, next);
  }

  /** Kills the process at a moment and runs the next session. */
  Ran kill(Ran before, int moment, Session next) {
    kills++;
    LogRun.Moment at = before.moments().get(moment);
    SimulatedDisk disk = at.point().kill(next.newSchedule());
    LogRun run = new LogRun(kind, disk, at.expected(), before.run().nextPayload());
    return run(before.then(new End(moment, Crash.KILL, List.of()), next), run, Crash.KILL, next);
  }

  /** Runs a case to its end; throws what it is a case of. */
  Ran replay(CrashCase sessions) {
    Ran ran = start(sessions.options(), sessions.sessions().getFirst().endingWith(null));
    for (int i = 1; i < sessions.sessions().size(); i++) {
      End end = sessions.sessions().get(i - 1).end();
      Session next = sessions.sessions().get(i).endingWith(null);
      if (end == null || end.moment() >= ran.moments().size()) {
        return ran;
      }
      Ran after =
          end.crash() == Crash.KILL
              ? kill(ran, end.moment(), next)
              : losePower(ran, end.moment(), Choices.of(end.choices()), next);
      if (after == null) {
        return ran;
      }
      ran = after;
    }
    return ran;
  }

  /** Distinct contents of a disk that lost something. */
  int states() {
    return states.size();
  }

  /** What has been tried so far. */
  CrashSummary summary() {
    return new CrashSummary(states.size(), kills, recoveries);
  }
}
