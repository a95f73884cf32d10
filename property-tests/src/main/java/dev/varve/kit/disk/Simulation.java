package dev.varve.kit.disk;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/**
 * Runs what uses simulated disks on one virtual thread, with a single carrier for all of them:
 * threads take turns then, and handing over costs little.
 */
public final class Simulation {
  private static final Object ONE_AT_A_TIME = new Object();

  private Simulation() {}

  /** Runs it to its end; what it throws is thrown here. */
  public static <T> T call(Callable<T> simulated) throws InterruptedException {
    synchronized (ONE_AT_A_TIME) {
      VirtualThreadSchedulerMXBean carriers =
          ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
      int before = carriers.getParallelism();
      carriers.setParallelism(1);
      try {
        FutureTask<T> task = new FutureTask<>(simulated);
        Thread.ofVirtual().name("simulation").start(task).join();
        return task.get();
      } catch (ExecutionException failed) {
        throw unwrapped(failed.getCause());
      } finally {
        carriers.setParallelism(before);
      }
    }
  }

  private static RuntimeException unwrapped(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("the simulation failed", cause);
  }
}
