package dev.varve.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Says how far a run is and when it will end, judging by what it took so far. */
final class Progress {
  private final PrintStream out;
  private final int total;
  private final long startNanos = System.nanoTime();
  private int done;

  Progress(PrintStream out, int total) {
    this.out = out;
    this.total = total;
  }

  /** A step begins. */
  void begin(String label) {
    out.printf("[%d/%d] %s%s ... ", done + 1, total, eta(), label);
    out.flush();
  }

  /** The step is over. */
  void end(String outcome) {
    end(outcome, 1);
  }

  /** So many steps are over, which were taken together. */
  void end(String outcome, int steps) {
    done += steps;
    out.println(outcome);
  }

  private String eta() {
    if (done == 0) {
      return "";
    }
    long nanosPerStep = (System.nanoTime() - startNanos) / done;
    Duration left = Duration.ofNanos(nanosPerStep * (total - done));
    return "%d:%02d left  ".formatted(left.toMinutes(), left.toSecondsPart());
  }
}
