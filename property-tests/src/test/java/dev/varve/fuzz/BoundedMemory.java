package dev.varve.fuzz;

import com.sun.management.ThreadMXBean;
import dev.varve.support.Tried;
import java.lang.management.ManagementFactory;

/** No length field makes anybody allocate more than the bytes that are there, and a constant. */
final class BoundedMemory {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long BYTES_PER_BYTE = 64;

  private BoundedMemory() {}

  /**
   * Runs a target on this thread; a second time where it was the first to load some classes.
   *
   * @param constant what it may allocate for no bytes
   */
  static void run(byte[] input, long constant, Runnable target) {
    Tried.add("fuzz executions", 1);
    long most = constant + BYTES_PER_BYTE * input.length;
    long allocated = allocated(target);
    if (allocated > most) {
      allocated = allocated(target);
    }
    if (allocated > most) {
      throw new AssertionError(
          "P10: %d bytes were allocated for an input of %d".formatted(allocated, input.length));
    }
  }

  private static long allocated(Runnable target) {
    long thread = Thread.currentThread().threadId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    target.run();
    return THREADS.getThreadAllocatedBytes(thread) - before;
  }
}
