package dev.varve.kit.disk;

import dev.varve.kit.disk.CrashCase.End;
import dev.varve.kit.disk.CrashCase.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a shorter case of a failure: fewer sessions, fewer operations, an earlier crash. */
final class Shrinking {
  private static final int MOST_TRIES = 3000;

  private final LogOnDisk kind;
  private FailedCase shortest;
  private int tries;

  private Shrinking(LogOnDisk kind, FailedCase failed) {
    this.kind = kind;
    this.shortest = failed;
  }

  /** A case that fails too and from which nothing can be taken away, or the best of many tries. */
  static FailedCase shortest(CrashExplorer explorer, FailedCase failed) {
    Shrinking shrinking = new Shrinking(explorer.kind(), failed);
    boolean shorter = true;
    while (shorter && shrinking.tries < MOST_TRIES) {
      shorter =
          shrinking.withoutASession() || shrinking.withoutAnOperation() || shrinking.earlier();
    }
    return shrinking.shortest;
  }

  private List<Session> sessions() {
    return shortest.sessions().sessions();
  }

  private boolean withoutASession() {
    for (int i = 1; i < sessions().size() - 1; i++) {
      List<Session> fewer = new ArrayList<>(sessions());
      fewer.remove(i);
      if (fails(fewer)) {
        return true;
      }
    }
    return false;
  }

  private boolean withoutAnOperation() {
    for (int i = 0; i < sessions().size(); i++) {
      for (int j = sessions().get(i).operations().size() - 1; j >= 0; j--) {
        if (withoutOperation(i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Without the operation the same moment comes earlier, by how much is tried. */
  private boolean withoutOperation(int index, int operation) {
    Session session = sessions().get(index);
    List<Operation> fewer = new ArrayList<>(session.operations());
    Operation ignored = fewer.remove(operation);
    End end = session.end();
    int last = end == null ? 0 : end.moment();
    for (int earlier = 0; earlier <= Math.min(last, 20); earlier++) {
      End moved = end == null ? null : new End(end.moment() - earlier, end.crash(), end.choices());
      if (fails(with(index, new Session(session.schedule(), fewer, moved)))) {
        return true;
      }
    }
    return false;
  }

  private boolean earlier() {
    for (int i = 0; i < sessions().size() - 1; i++) {
      Session session = sessions().get(i);
      End end = session.end();
      for (int moment = 0; end != null && moment < end.moment(); moment++) {
        if (fails(with(i, session.endingWith(new End(moment, end.crash(), end.choices()))))) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Session> with(int index, Session session) {
    List<Session> changed = new ArrayList<>(sessions());
    changed.set(index, session);
    return changed;
  }

  private boolean fails(List<Session> sessions) {
    tries++;
    FailedCase failed = failure(kind, new CrashCase(shortest.sessions().options(), sessions));
    boolean same = failed != null && failed.sessions().sessions().size() == sessions.size();
    if (same && failed != null) {
      shortest = failed;
    }
    return same;
  }

  /** How a case fails; {@code null} where it does not. */
  static @Nullable FailedCase failure(LogOnDisk kind, CrashCase sessions) {
    try {
      CrashExplorer.Ran ignored = new CrashExplorer(kind).replay(sessions);
      return null;
    } catch (FailedCase failed) {
      return failed;
    }
  }
}
