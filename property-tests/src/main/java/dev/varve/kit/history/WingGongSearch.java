package dev.varve.kit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a linearization of a history: the search of Wing and Gong ("Testing and verifying
 * concurrent objects", 1993), which tries every operation that may come next, with the memory of
 * Lowe ("Testing for linearizability", 2017), which never looks twice at the same set of operations
 * with the same stream.
 *
 * <p>An operation may come next when no operation that is left was answered before it was invoked.
 * One that changes nothing and is answered rightly is taken at once, without alternatives: taking
 * it forbids nothing that was possible. So only appends branch, and answers that fix an end which
 * an unknown append left open.
 *
 * <p>An unknown append has no answer to be in time for: it may be taken late, or not at all.
 */
final class WingGongSearch {
  private final StreamHistory history;
  private final List<Operation> operations;
  private final Refusals refusals;
  private final Sightings sightings;
  private final Set<Explored> explored = new HashSet<>();

  private record Explored(BitSet taken, SequentialStream stream) {}

  WingGongSearch(StreamHistory history, Refusals refusals) {
    this.history = history;
    this.refusals = refusals;
    operations =
        history.operations().stream()
            .filter(operation -> !(operation.outcome() instanceof Outcome.Failed))
            .toList();
    sightings = new Sightings(history);
  }

  Verdict verdict() {
    Optional<String> reason = sightings.contradiction().or(() -> DriverEnds.wentBack(history));
    if (reason.isPresent()) {
      return new Verdict.Violation(reason.get() + "\nhistory:\n" + history);
    }
    Node deepest = new Node(SequentialStream.empty(sightings));
    Deque<Node> path = new ArrayDeque<>(List.of(deepest));
    while (!path.isEmpty()) {
      Node node = path.getLast();
      if (node.taken.cardinality() > deepest.taken.cardinality()) {
        deepest = node;
      }
      if (node.complete()) {
        return new Verdict.Linearizable(node.order());
      }
      Node next = node.next();
      if (next == null) {
        path.removeLast();
      } else {
        path.addLast(next);
      }
    }
    return new Verdict.Violation(report(deepest));
  }

  private String report(Node deepest) {
    List<Operation> order = deepest.order();
    return """
    P7: no order of these %d operations explains their answers
    longest order that does, %d operations:
    %sstream then: %s
    may come next, and none fits:
    %shistory:
    %s\
    """
        .formatted(
            operations.size(),
            order.size(),
            StreamHistory.lines(order),
            deepest.stream,
            StreamHistory.lines(deepest.mayComeNext()),
            history);
  }

  /** Some operations that were taken in some order, and the stream that they lead to. */
  private final class Node {
    final @Nullable Node parent;
    final BitSet taken;
    final SequentialStream stream;
    final List<Operation> placed = new ArrayList<>();
    private int tried;

    Node(SequentialStream empty) {
      parent = null;
      taken = new BitSet();
      stream = empty;
      takeWhatChangesNothing();
    }

    Node(Node parent, int index, SequentialStream after) {
      this.parent = parent;
      taken = (BitSet) parent.taken.clone();
      stream = after;
      take(index);
      takeWhatChangesNothing();
    }

    private void takeWhatChangesNothing() {
      boolean more = true;
      while (more) {
        more = false;
        long limit = firstAnswer();
        for (int i = nextUntaken(0, limit); i >= 0; i = nextUntaken(i + 1, limit)) {
          if (stream.equals(stream.after(operations.get(i).outcome(), refusals))) {
            take(i);
            more = true;
          }
        }
      }
    }

    private void take(int index) {
      taken.set(index);
      placed.add(operations.get(index));
    }

    /** When the first operation that is left was answered: what comes next was invoked before. */
    private long firstAnswer() {
      long first = Operation.NEVER;
      for (int i = taken.nextClearBit(0); i < operations.size(); i = taken.nextClearBit(i + 1)) {
        Operation left = operations.get(i);
        if (!(left.outcome() instanceof Outcome.Unknown)) {
          first = Math.min(first, left.answered());
        }
      }
      return first;
    }

    /** The next operation that may come next, from an index on; -1 when there is none. */
    private int nextUntaken(int from, long limit) {
      int index = taken.nextClearBit(from);
      boolean inTime = index < operations.size() && operations.get(index).invoked() < limit;
      return inTime ? index : -1;
    }

    boolean complete() {
      return firstAnswer() == Operation.NEVER;
    }

    /** The next alternative that was not looked at yet. */
    @Nullable Node next() {
      long limit = firstAnswer();
      for (int i = nextUntaken(tried, limit); i >= 0; i = nextUntaken(i + 1, limit)) {
        tried = i + 1;
        SequentialStream after = stream.after(operations.get(i).outcome(), refusals);
        if (after != null) {
          Node next = new Node(this, i, after);
          if (explored.add(new Explored(next.taken, next.stream))) {
            return next;
          }
        }
      }
      return null;
    }

    List<Operation> mayComeNext() {
      List<Operation> candidates = new ArrayList<>();
      long limit = firstAnswer();
      for (int i = nextUntaken(0, limit); i >= 0; i = nextUntaken(i + 1, limit)) {
        candidates.add(operations.get(i));
      }
      return candidates;
    }

    List<Operation> order() {
      Deque<Node> nodes = new ArrayDeque<>();
      for (Node node = this; node != null; node = node.parent) {
        nodes.addFirst(node);
      }
      return nodes.stream().flatMap(node -> node.placed.stream()).toList();
    }
  }
}
