package dev.varve.bench.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.bench.systems.LogSession.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every system has to do before its speed is of any interest. */
class LogSystemContractTest {
  private static final int BYTES = 100;
  private static final int RECORDS = 5000;
  private static final int LARGE_BYTES = 16 << 10;
  private static final int LARGE_RECORDS = 300;

  @TempDir Path folder;

  static Stream<Arguments> fitting() {
    return Systems.all().stream()
        .flatMap(system -> Stream.of(Task.values()).map(task -> new Arguments(system, task)))
        .filter(arguments -> arguments.fits(workload(arguments.task())));
  }

  static Stream<LogSystem> durable() {
    return Systems.all().stream()
        .filter(system -> fits(system, workload(Task.APPEND).withLevel(Level.SYNC)));
  }

  static Stream<LogSystem> large() {
    return Systems.all().stream().filter(system -> fits(system, large(Task.APPEND)));
  }

  static Stream<LogSystem> retaining() {
    return Systems.all().stream()
        .filter(system -> fits(system, workload(Task.APPEND).withRetainedBytes(1 << 20)));
  }

  static Stream<LogSystem> reopening() {
    return Systems.all().stream().filter(system -> fits(system, workload(Task.REOPEN)));
  }

  @ParameterizedTest
  @MethodSource("fitting")
  void whatWasAppendedComesBack(Arguments arguments) throws IOException {
    Workload workload = workload(arguments.task());
    try (LogSession session = arguments.system().open(folder, workload)) {
      Payloads payloads = new Payloads(BYTES);
      final long[] positions = payloads.keepPositions(RECORDS);
      for (int i = 0; i < RECORDS; i += 1000) {
        session.append(payloads, 1000);
      }
      switch (arguments.task()) {
        case READ -> readsEach(session, positions);
        case SCAN_BACKWARD -> scansBackward(session);
        case REOPEN -> scansNewest(session);
        case APPEND, MAPPING, SCAN_FORWARD -> scansForward(session);
      }
    }
  }

  private static void scansForward(LogSession session) throws IOException {
    for (long limit : new long[] {Long.MAX_VALUE, 1500}) {
      Answer answer = Answer.ascending(BYTES, 0);
      session.scan(Direction.FORWARD, limit, answer);
      answer.requireCount(Math.min(limit, RECORDS));
    }
  }

  private static void scansBackward(LogSession session) throws IOException {
    Answer answer = Answer.descending(BYTES, RECORDS - 1);
    session.scan(Direction.BACKWARD, Long.MAX_VALUE, answer);
    answer.requireCount(RECORDS);
    scansNewest(session);
  }

  private static void scansNewest(LogSession session) throws IOException {
    Answer answer = Answer.descending(BYTES, RECORDS - 1);
    session.scan(Direction.BACKWARD, 1, answer);
    answer.requireCount(1);
  }

  private static void readsEach(LogSession session, long[] positions) throws IOException {
    Answer answer = Answer.ascending(BYTES, 0);
    for (int i = RECORDS - 1; i >= 0; i--) {
      answer.expect(i);
      session.read(positions[i], answer);
      answer.requireCount(1);
    }
  }

  @ParameterizedTest
  @MethodSource("durable")
  void durableThreadsLoseNothing(LogSystem system) throws Exception {
    int threads = 4;
    int each = 20;
    Workload workload =
        Workload.of(Task.APPEND, BYTES, 1, 1 << 20).withLevel(Level.SYNC).withThreads(threads);
    try (LogSession session = system.open(folder, workload)) {
      appendFromThreads(session, threads, each);
      Answer answer = Answer.unordered(BYTES);
      session.scan(Direction.FORWARD, Long.MAX_VALUE, answer);
      answer.requireCount((long) threads * each);
      assertEquals(sumOfAll(threads, each), answer.sum());
    }
  }

  private static void appendFromThreads(LogSession session, int threads, int each)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        Payloads payloads = new Payloads(BYTES, (long) thread << 40);
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    session.append(payloads, 1);
                  }
                  return null;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
  }

  private static long sumOfAll(int threads, int each) {
    long sum = 0;
    for (long thread = 0; thread < threads; thread++) {
      for (long i = 0; i < each; i++) {
        sum += (thread << 40) + i;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("large")
  void largeRecordsComeBack(LogSystem system) throws IOException {
    try (LogSession session = system.open(folder, large(Task.APPEND))) {
      session.append(new Payloads(LARGE_BYTES), LARGE_RECORDS);
      Answer answer = Answer.ascending(LARGE_BYTES, 0);
      session.scan(Direction.FORWARD, Long.MAX_VALUE, answer);
      answer.requireCount(LARGE_RECORDS);
    }
  }

  @ParameterizedTest
  @MethodSource("retaining")
  void theNewestAreKept(LogSystem system) throws IOException {
    int records = 100_000;
    Workload workload = workload(Task.APPEND).withRetainedBytes(1 << 20);
    try (LogSession session = system.open(folder, workload)) {
      Payloads payloads = new Payloads(BYTES);
      for (int i = 0; i < records; i += 1000) {
        session.append(payloads, 1000);
      }
      Answer answer = Answer.ascending(BYTES);
      session.scan(Direction.FORWARD, Long.MAX_VALUE, answer);
      assertEquals(records, answer.nextSequence(), "the newest record is there");
      answer.requireAtLeast(workload.requiredRecords());
    }
  }

  /** Three records fit a block and leave a quarter of it. */
  @ParameterizedTest
  @MethodSource("retaining")
  void theNewestAreKeptAlsoWhereBlocksAreNotFull(LogSystem system) throws IOException {
    Workload workload = Workload.of(Task.APPEND, 1024, 1000, 64L << 20).withRetainedBytes(24 << 20);
    try (LogSession session = system.open(folder, workload)) {
      Payloads payloads = new Payloads(1024);
      for (int i = 0; i < 50_000; i += 1000) {
        session.append(payloads, 1000);
      }
      Answer answer = Answer.ascending(1024);
      session.scan(Direction.FORWARD, Long.MAX_VALUE, answer);
      answer.requireAtLeast(workload.requiredRecords());
    }
  }

  @ParameterizedTest
  @MethodSource("reopening")
  void aClosedLogOpensAgain(LogSystem system) throws IOException {
    try (LogSession session = system.open(folder, workload(Task.REOPEN))) {
      session.append(new Payloads(BYTES), RECORDS);
    }
    try (LogSession session = system.open(folder, workload(Task.REOPEN))) {
      scansNewest(session);
      session.append(new Payloads(BYTES, RECORDS), 1);
      Answer answer = Answer.ascending(BYTES, 0);
      session.scan(Direction.FORWARD, Long.MAX_VALUE, answer);
      answer.requireCount(RECORDS + 1);
    }
  }

  private static Workload workload(Task task) {
    return Workload.of(task, BYTES, 1000, 64L << 20);
  }

  private static Workload large(Task task) {
    return Workload.of(task, LARGE_BYTES, LARGE_RECORDS, 16L << 20);
  }

  private static boolean fits(LogSystem system, Workload workload) {
    return system.fit(workload) instanceof Fit.Yes;
  }

  /** A system and what it is asked to do. */
  record Arguments(LogSystem system, Task task) {
    boolean fits(Workload workload) {
      return LogSystemContractTest.fits(system, workload);
    }

    @Override
    public String toString() {
      return system.name() + " " + task;
    }
  }
}
