package dev.varve.kit.disk;

import dev.varve.StorageException;
import dev.varve.kit.Payloads;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.kit.disk.RecordLogOracle.Crash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session of a log on a disk, from opening it to the death of its process, that remembers every
 * moment at which the process might have died instead.
 */
final class LogRun {
  private static final long PAYLOADS = 20260101;

  private final LogOnDisk kind;
  private final SimulatedDisk disk;
  private final List<Moment> moments = new ArrayList<>();
  private RecordLogOracle oracle;
  private volatile RecordLogOracle expected;
  private @Nullable RecordLogUnderTest log;
  private long nextPayload;
  private boolean failed;
  private boolean faulty;

  /** A place to crash at, and what is expected of the log after a crash there. */
  record Moment(CrashPoint point, RecordLogOracle expected) {}

  /**
   * @param firstPayload no payload from this number on was ever appended
   */
  LogRun(LogOnDisk kind, SimulatedDisk disk, RecordLogOracle oracle, long firstPayload) {
    this.kind = kind;
    this.disk = disk;
    this.oracle = oracle.copy();
    this.expected = oracle.copy();
    this.nextPayload = firstPayload;
    disk.watch(this::remember);
  }

  List<Moment> moments() {
    return moments;
  }

  long nextPayload() {
    return nextPayload;
  }

  private void remember() {
    remember(disk.crashPoint());
  }

  private synchronized void remember(CrashPoint point) {
    if (!moments.isEmpty()) {
      Moment last = moments.getLast();
      if (last.expected.equals(expected) && last.point.sameAs(point)) {
        return;
      }
    }
    moments.add(new Moment(point, expected));
  }

  private synchronized void expectFromTheStart() {
    moments.replaceAll(moment -> new Moment(moment.point, expected));
  }

  private void changed() {
    expected = oracle.copy();
  }

  /**
   * Opens the log, compares what it holds, does the operations, compares again, and dies.
   *
   * @param crash how the session before ended
   */
  void run(Crash crash, List<Operation> operations) {
    try {
      open(crash);
      operations.forEach(this::perform);
      verify();
      remember();
    } catch (StorageException.Corrupt | StorageException.UnsupportedFormat damage) {
      throw new AssertionError("P3: a crash is called damage: " + damage.getMessage(), damage);
    } finally {
      die();
    }
  }

  /** What a loss of power left is the same after every recovery that died on the way (P4). */
  private void open(Crash crash) {
    RecordLogUnderTest opened = openOnceMore();
    log = opened;
    failed = false;
    faulty = disk.syncWillFail();
    oracle = oracle.afterCrash(crash, LogContent.walk(opened.forward()));
    changed();
    if (crash == Crash.POWER_LOSS) {
      expectFromTheStart();
    }
  }

  /** A sync that was asked to fail may do so while the log is opened; then it is opened again. */
  private RecordLogUnderTest openOnceMore() {
    try {
      return kind.open(disk);
    } catch (StorageException.Unavailable refused) {
      if (!faulty) {
        throw refused;
      }
      faulty = false;
      return kind.open(disk);
    }
  }

  private RecordLogUnderTest log() {
    RecordLogUnderTest opened = log;
    if (opened == null) {
      throw new IllegalStateException("the log is not open");
    }
    return opened;
  }

  private void perform(Operation operation) {
    switch (operation) {
      case Operation.Append append -> append(List.of(append.length()));
      case Operation.Batch batch -> append(batch.lengths());
      case Operation.Sync sync -> sync();
      case Operation.Drop drop -> drop(drop.percent());
      case Operation.Reopen reopen -> reopen();
      case Operation.FailSync fail -> {
        disk.awaitTurn();
        faulty = true;
        disk.failSync(fail.syncs());
      }
      case Operation.Fill fill -> {
        disk.awaitTurn();
        disk.quota(disk.usedBytes() + fill.freeBytes());
      }
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
    changed();
    try {
      long position =
          payloads.size() == 1 ? log().append(payloads.getFirst()) : log().appendBatch(payloads);
      oracle.acknowledged(position, kind.durableAppends());
    } catch (StorageException refused) {
      failed = true;
    }
    changed();
  }

  private void refusedAgain(List<byte[]> payloads) {
    try {
      long position = log().appendBatch(payloads);
      throw new AssertionError("P5: an append at %d after one that failed".formatted(position));
    } catch (StorageException expectedToFail) {
      failed = true;
    }
  }

  private void sync() {
    try {
      long ignored = log().sync();
      oracle.synced();
    } catch (StorageException refused) {
      failed = true;
    }
    changed();
  }

  private void drop(int percent) {
    long end = log().end();
    long start = percent < 100 ? oracle.start(percent) : end;
    long position = start < 0 ? end : start;
    oracle.drop(position, end);
    changed();
    log().dropBefore(position);
  }

  private void reopen() {
    try {
      log().close();
      if (!failed && !faulty) {
        oracle.closed();
      }
    } catch (StorageException unclean) {
      failed = true;
    }
    changed();
    disk.quota(Long.MAX_VALUE);
    open(Crash.KILL);
  }

  /** What the open log shows is what it was given. */
  private void verify() {
    RecordLogOracle ignored = oracle.afterCrash(Crash.KILL, LogContent.walk(log().forward()));
  }

  /** The end of the process; closing only ends its threads, since the disk does nothing more. */
  private void die() {
    disk.crash();
    RecordLogUnderTest opened = log;
    if (opened != null) {
      try {
        opened.close();
      } catch (PowerLost | StorageException | IllegalStateException dead) {
        log = null;
      }
    }
  }
}
