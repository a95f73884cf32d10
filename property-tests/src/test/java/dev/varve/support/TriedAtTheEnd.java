package dev.varve.support;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints what a run of tests has tried; found by the launcher as a service. */
public final class TriedAtTheEnd implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String totals = Tried.totals();
    if (!totals.isEmpty()) {
      System.out.println("tried: " + totals);
    }
  }
}
