package dev.varve.kit.faults;

import dev.varve.StorageException;
import dev.varve.io.Io;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.CrashPoint;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.LogContent;
import dev.varve.kit.disk.Operation;
import dev.varve.kit.disk.RecordLogOracle;
import dev.varve.kit.disk.RecordLogOracle.Crash;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A workload on a machine with one fault, and a look at what it has left. */
final class FaultRun {
  private static final long PAYLOADS = 20260301;

  private final Function<Io, RecordLogUnderTest> kind;
  private final boolean durableAppends;
  private final Supplier<Schedule> schedule;
  private final Fault fault;
  private final SimulatedDisk disk;
  private final FaultyMachine machine;
  private RecordLogOracle oracle = new RecordLogOracle();
  private @Nullable RecordLogUnderTest log;
  private long nextPayload;
  private boolean failed;
  private boolean unsureDrop;

  FaultRun(
      Function<Io, RecordLogUnderTest> kind,
      boolean durableAppends,
      DiskOptions options,
      Supplier<Schedule> schedule,
      Fault fault) {
    this.kind = kind;
    this.durableAppends = durableAppends;
    this.schedule = schedule;
    this.fault = fault;
    this.disk = new SimulatedDisk(options, schedule.get());
    this.machine = new FaultyMachine(disk, fault);
  }

  /** Whether the fault happened before the workload was over. */
  boolean run(List<Operation> workload) {
    try {
      open();
      workload.forEach(this::perform);
      readOn();
      CrashPoint before = disk.crashPoint();
      RecordLogOracle expected = oracle.copy();
      close();
      checkPowerLoss(before, expected);
      machine.heal();
      checkPowerLoss(disk.crashPoint(), oracle);
      check(disk, Crash.KILL, oracle);
    } catch (AssertionError broken) {
      throw new AssertionError(
          "%s, which is to %s: %s".formatted(fault, machine.place(), broken.getMessage()), broken);
    } finally {
      boolean ignored = Thread.interrupted();
    }
    return !machine.place().isEmpty();
  }

  /** Opens the log; where the fault forbids it, again without, which must work. */
  private void open() {
    failed = false;
    unsureDrop = false;
    if (!attempt(() -> log = kind.apply(machine))) {
      checkNothingOpen("after an opening that failed");
      machine.heal();
      boolean opened = attempt(() -> log = kind.apply(machine));
      if (!opened) {
        throw new AssertionError("the log cannot be opened although nothing fails any more");
      }
    }
  }

  private RecordLogUnderTest log() {
    RecordLogUnderTest opened = log;
    if (opened == null) {
      throw new AssertionError("the log is not open");
    }
    return opened;
  }

  /** Does what may fail, though in a typed way only; false where it has. */
  private boolean attempt(Runnable step) {
    try {
      step.run();
    } catch (StorageException typed) {
      checkFailure(typed);
      return false;
    } catch (RuntimeException | InternalError untyped) {
      throw new AssertionError("P10: not a typed failure: " + untyped, untyped);
    }
    if (machine.interruptedCaller() && !Thread.interrupted()) {
      throw new AssertionError("the interrupt was swallowed");
    }
    return true;
  }

  private void checkFailure(StorageException typed) {
    String message = String.valueOf(typed.getMessage());
    if (message.isBlank() || message.contains("null")) {
      throw new AssertionError("P10: a failure that says nothing: " + typed, typed);
    }
    boolean harmless =
        fault.kind() == Fault.Kind.INTERRUPT || fault.kind() == Fault.Kind.SHORT_TRANSFER;
    if (harmless || machine.place().isEmpty()) {
      throw new AssertionError("a failure without a fault: " + typed, typed);
    }
  }

  private void perform(Operation operation) {
    switch (operation) {
      case Operation.Append append -> append(List.of(append.length()));
      case Operation.Batch batch -> append(batch.lengths());
      case Operation.Sync sync -> sync();
      case Operation.Drop drop -> drop(drop.percent());
      case Operation.Reopen reopen -> reopen();
      case Operation.FailSync fail -> throw new IllegalArgumentException("a fault: " + fail);
      case Operation.Fill fill -> throw new IllegalArgumentException("a fault: " + fill);
    }
  }

  private void append(List<Integer> lengths) {
    List<byte[]> payloads = new ArrayList<>();
    for (int length : lengths) {
      payloads.add(Payloads.bytes(PAYLOADS, nextPayload++, length));
    }
    if (failed) {
      refusedAgain(payloads);
      return;
    }
    oracle.issue(payloads);
    boolean done = attempt(() -> appendUnit(payloads));
    failed = !done;
  }

  /** Only {@code Unknown} leaves open whether the unit is in the log. */
  private void appendUnit(List<byte[]> payloads) {
    try {
      long position =
          payloads.size() == 1 ? log().append(payloads.getFirst()) : log().appendBatch(payloads);
      oracle.acknowledged(position, durableAppends);
    } catch (StorageException.Unknown unknown) {
      throw unknown;
    } catch (StorageException refused) {
      oracle.refused();
      throw refused;
    }
  }

  private void refusedAgain(List<byte[]> payloads) {
    boolean accepted = attempt(() -> ignore(log().appendBatch(payloads)));
    if (accepted) {
      throw new AssertionError("P5: an append after one that failed");
    }
  }

  private static void ignore(long ignored) {}

  private void sync() {
    if (attempt(() -> ignore(log().sync()))) {
      oracle.synced();
    } else {
      failed = true;
    }
  }

  private void drop(int percent) {
    long end = log().end();
    long start = percent < 100 ? oracle.start(percent) : end;
    long position = start < 0 ? end : start;
    oracle.drop(position, end);
    unsureDrop |= !attempt(() -> log().dropBefore(position));
  }

  private void reopen() {
    readOn();
    close();
    open();
    if (!attempt(() -> oracle = oracle.afterCrash(Crash.KILL, LogContent.of(log())))) {
      machine.heal();
      oracle = oracle.afterCrash(Crash.KILL, LogContent.of(log()));
    }
  }

  /** P5: reading goes on, and may itself be what the fault hits. */
  private void readOn() {
    List<AppendedRecord> found = new ArrayList<>();
    boolean read = attempt(() -> found.addAll(LogContent.of(log())));
    if (!read && !machine.mayFail()) {
      found.addAll(LogContent.of(log()));
    }
    if (read || !machine.mayFail()) {
      RecordLogOracle ignored = oracle.copy().afterCrash(Crash.KILL, found);
    }
  }

  /** A log that closes without a complaint, never having made one, is durable. */
  private void close() {
    boolean closed = attempt(() -> log().close());
    if (closed && !failed) {
      if (unsureDrop) {
        oracle.synced();
      } else {
        oracle.closed();
      }
    }
    checkNothingOpen("after close()");
  }

  private void checkNothingOpen(String when) {
    if (!machine.open().isEmpty()) {
      throw new AssertionError("still open %s: %s".formatted(when, machine.open()));
    }
  }

  private void checkPowerLoss(CrashPoint point, RecordLogOracle expected) {
    check(point.powerLoss(count -> 0).start(schedule.get()), Crash.POWER_LOSS, expected);
    check(point.powerLoss(count -> count - 1).start(schedule.get()), Crash.POWER_LOSS, expected);
  }

  /** Without faults the log opens, holds what it has to, takes a record and keeps it. */
  private void check(SimulatedDisk machineWithoutFaults, Crash crash, RecordLogOracle expected) {
    byte[] payload = Payloads.bytes(PAYLOADS, nextPayload, 10);
    RecordLogOracle known;
    try (RecordLogUnderTest again = kind.apply(machineWithoutFaults)) {
      known = expected.afterCrash(crash, LogContent.of(again));
      known.issue(List.of(payload));
      known.acknowledged(again.append(payload), durableAppends);
    } catch (StorageException refused) {
      throw new AssertionError("P1: the log does not open after " + crash, refused);
    }
    try (RecordLogUnderTest again = kind.apply(machineWithoutFaults)) {
      RecordLogOracle ignored = known.afterCrash(Crash.KILL, LogContent.of(again));
    }
    machineWithoutFaults.crash();
  }
}
