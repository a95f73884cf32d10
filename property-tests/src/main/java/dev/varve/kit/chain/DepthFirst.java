package dev.varve.kit.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every schedule with at most so many preemptions, each by running the last one again up to the
 * last place where something else can come next. The bound is that of Musuvathi and Qadeer
 * ("Iterative context bounding for systematic testing of multithreaded programs", 2007).
 */
final class DepthFirst implements Choices {
  private final int maxPreemptions;
  private final List<Place> path = new ArrayList<>();
  private int depth;
  private int preemptions;
  private boolean begun;

  /** A place of the schedule, those who may come next there, and which of them does. */
  private static final class Place {
    final List<Integer> options;
    int chosen;

    Place(List<Integer> options) {
      this.options = options;
    }
  }

  DepthFirst(int maxPreemptions) {
    this.maxPreemptions = maxPreemptions;
  }

  @Override
  public int next(List<Integer> free, List<Integer> preempting) {
    List<Integer> options =
        preemptions < maxPreemptions
            ? Stream.concat(free.stream(), preempting.stream()).toList()
            : List.copyOf(free);
    if (depth == path.size()) {
      path.add(new Place(options));
    }
    Place place = path.get(depth++);
    if (!place.options.equals(options)) {
      throw new IllegalStateException(
          "the scenario does not repeat itself: step %d was for one of %s, now of %s"
              .formatted(depth, place.options, options));
    }
    preemptions += place.chosen < free.size() ? 0 : 1;
    return options.get(place.chosen);
  }

  @Override
  public boolean another() {
    if (!begun) {
      begun = true;
      return true;
    }
    depth = 0;
    preemptions = 0;
    while (!path.isEmpty() && path.getLast().chosen == path.getLast().options.size() - 1) {
      path.removeLast();
    }
    if (path.isEmpty()) {
      return false;
    }
    path.getLast().chosen++;
    return true;
  }
}
