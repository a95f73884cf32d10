package dev.varve.kit.disk;

import dev.varve.kit.disk.RecordLogOracle.Crash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of one log, each but the last ended by a crash: all that is needed to see a failure
 * again. Its {@code lines} are the file of the case.
 */
public final class CrashCase {
  private final DiskOptions options;
  private final List<Session> sessions;

  /**
   * @param schedule 0 caller first, 1 background first, else the seed of a random one
   * @param end how it ended; {@code null} for the last
   */
  record Session(long schedule, List<Operation> operations, @Nullable End end) {
    Schedule newSchedule() {
      return schedule == 0
          ? Schedule.callerFirst()
          : schedule == 1 ? Schedule.backgroundFirst() : Schedule.random(schedule);
    }

    Session endingWith(@Nullable End other) {
      return new Session(schedule, operations, other);
    }
  }

  /**
   * A crash at one of the moments of a session.
   *
   * @param choices what the loss of power kept; unused for a kill
   */
  record End(int moment, Crash crash, List<Integer> choices) {}

  CrashCase(DiskOptions options, List<Session> sessions) {
    this.options = options;
    this.sessions = List.copyOf(sessions);
  }

  /**
   * Runs the case again on logs of this kind.
   *
   * @throws FailedCase when it still fails
   */
  public void replay(LogOnDisk kind) {
    CrashExplorer.Ran ignored = new CrashExplorer(kind).replay(this);
  }

  DiskOptions options() {
    return options;
  }

  List<Session> sessions() {
    return sessions;
  }

  /** The case as text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("disk %d %s".formatted(options.sectorBytes(), options.shortWrites()));
    for (Session session : sessions) {
      lines.add("session " + session.schedule);
      session.operations.forEach(operation -> lines.add("  " + operation));
      End end = session.end;
      if (end != null) {
        lines.add("%s %d %s".formatted(end.crash, end.moment, Choices.text(end.choices)).strip());
      }
    }
    return lines;
  }

  /** Reads {@code lines}; empty ones and those that begin with # mean nothing. */
  public static CrashCase parse(List<String> lines) {
    DiskOptions options = DiskOptions.defaults();
    List<Session> sessions = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (line.startsWith("  ")) {
        sessions.getLast().operations.add(Operation.parse(line));
      } else if (words[0].equals("disk")) {
        options = options.withSectorBytes(Integer.parseInt(words[1]));
        options = Boolean.parseBoolean(words[2]) ? options.withShortWrites() : options;
      } else if (words[0].equals("session")) {
        sessions.add(new Session(Long.parseLong(words[1]), new ArrayList<>(), null));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        sessions.add(sessions.removeLast().endingWith(end(words)));
      }
    }
    return new CrashCase(options, sessions);
  }

  private static End end(String[] words) {
    List<Integer> choices = Choices.parse(words.length > 2 ? words[2] : "");
    return new End(Integer.parseInt(words[1]), Crash.valueOf(words[0]), choices);
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines());
  }
}
