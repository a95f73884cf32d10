package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void everyIndexIsDoneOnceByNoMoreThreadsThanAllowed() {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    new Parallel(Thread::startVirtualThread, 3)
        .run(
            100,
            i -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              assertTrue(done.add(i));
              Thread.onSpinWait();
              running.decrementAndGet();
            });
    assertEquals(100, done.size());
    assertTrue(most.get() <= 3);
  }

  @Test
  void callerDoesAllOfItWhenTheExecutorHasNoThread() {
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    new Parallel(task -> {}, 8).run(10, done::add);
    new Parallel(
            task -> {
              throw new RejectedExecutionException();
            },
            8)
        .run(20, done::add);
    assertEquals(20, done.size());
  }

  @Test
  void failureIsThrownWhenNothingRunsAnyMore() {
    AtomicInteger running = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () ->
            new Parallel(Thread::startVirtualThread, 4)
                .run(
                    50,
                    i -> {
                      running.incrementAndGet();
                      try {
                        if (i == 7) {
                          throw new IllegalStateException("seven");
                        }
                      } finally {
                        running.decrementAndGet();
                      }
                    }));
    assertEquals(0, running.get());
  }

  @Test
  void interruptIsKeptAndEndsNothing() {
    AtomicInteger done = new AtomicInteger();
    Thread.currentThread().interrupt();
    new Parallel(Thread::startVirtualThread, 2).run(10, i -> done.incrementAndGet());
    assertTrue(Thread.interrupted());
    assertEquals(10, done.get());
  }
}
