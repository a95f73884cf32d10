package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.Cursor;
import dev.varve.segment.LogOptions;
import dev.varve.segment.RecoveryReport;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FixedIo;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes the steps of a history on a log and on its model, and compares the two at each. */
final class History implements AutoCloseable {
  private static final long SEED = 0x6869;

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final LogOptions options;
  private final LogModel model = new LogModel();
  private Path folder;
  private SegmentLog log;
  private long sequence;
  private int boots;
  private int folders;

  History(LogOptions options) {
    this.options = options;
    folder = scratch.folder("log-0");
    log = open();
  }

  private SegmentLog open() {
    return SegmentLog.open(folder, options.withIo(FixedIo.of("boot-" + boots, "model")));
  }

  void take(Step step) {
    switch (step) {
      case Step.Append append -> append(append.length());
      case Step.AppendBatch batch -> appendBatch(batch.lengths());
      case Step.Sync _ -> assertEquals(log.end(), log.sync());
      case Step.Drop drop -> drop(model.indexAt(drop.thousandth()));
      case Step.Reopen _ -> reopen();
      case Step.Crash crash -> crash(crash.otherBoot());
      case Step.Walk walk -> walk(walk.forward(), model.indexAt(walk.thousandth()));
      case Step.WalkFromFormerEnd walk -> walkFromFormerEnd(walk.forward(), walk.thousandth());
      case Step.Read read -> read(model.indexAt(read.thousandth()));
      case Step.Verify _ -> verify();
    }
    assertTrue(log.durableEnd() <= log.end(), "INV durable <= appended");
  }

  private void append(int length) {
    long endBefore = log.end();
    AppendedRecord record = TestLogs.append(log, SEED, sequence++, length);
    assertTrue(record.position() >= endBefore, record::toString);
    assertTrue(log.end() > record.position(), record::toString);
    assertEquals(record.position(), log.head());
    model.append(List.of(record), endBefore);
  }

  private void appendBatch(List<Integer> lengths) {
    long endBefore = log.end();
    List<byte[]> payloads = new ArrayList<>();
    for (int length : lengths) {
      payloads.add(Payloads.bytes(SEED, sequence++, length));
    }
    model.append(TestLogs.appendBatch(log, payloads), endBefore);
  }

  private void drop(int index) {
    log.dropBefore(index == model.size() ? log.end() : model.record(index).position());
    model.dropBefore(index);
    assertEquals(
        model.kept().isEmpty() ? log.end() : model.kept().getFirst().position(), log.tail());
  }

  private void reopen() {
    long end = log.end();
    log.close();
    log = open();
    assertTrue(log.recovery().cleanEnd(), "a log that was closed ended cleanly");
    assertEquals(end, log.end());
    assertEquals(end, log.durableEnd(), "after a clean end everything is durable");
    verify();
  }

  /**
   * The copy goes on as the log: superblock first, as its marks may only be older than the rest.
   */
  private void crash(boolean otherBoot) {
    Path copy = scratch.folder("log-" + ++folders);
    ScratchFolder.copy(folder, copy, "superblock");
    long end = log.end();
    log.close();
    ScratchFolder.remove(folder);
    folder = copy;
    boots += otherBoot ? 1 : 0;
    log = open();
    RecoveryReport recovery = log.recovery();
    assertFalse(recovery.created() || recovery.cleanEnd(), recovery::toString);
    assertEquals(!otherBoot, recovery.sameBoot());
    assertEquals(0, recovery.cutBytes(), "nothing was torn");
    assertEquals(end, log.end());
    verify();
  }

  private void walk(boolean forward, int index) {
    long from = index == model.size() ? log.end() : model.record(index).position();
    try (Cursor cursor = forward ? log.forward(from) : log.backward(from)) {
      TestLogs.assertDelivers(cursor, forward ? model.from(index) : model.backFrom(index));
    }
  }

  private void walkFromFormerEnd(boolean forward, int thousandth) {
    List<LogModel.FormerEnd> ends = model.usableEnds();
    if (ends.isEmpty()) {
      return;
    }
    LogModel.FormerEnd end = ends.get((int) ((long) (ends.size() - 1) * thousandth / 1000));
    try (Cursor cursor = forward ? log.forward(end.position()) : log.backward(end.position())) {
      TestLogs.assertDelivers(
          cursor, forward ? model.from(end.next()) : model.backFrom(end.next()));
    }
  }

  private void read(int index) {
    if (index < model.size()) {
      AppendedRecord record = model.record(index);
      assertArrayEquals(record.payload(), log.read(record.position()), record::toString);
    }
    if (!model.dropped().isEmpty()) {
      long gone = model.dropped().get(index % model.dropped().size()).position();
      assertThrows(StorageException.Dropped.class, () -> log.read(gone), () -> "read " + gone);
    }
  }

  void verify() {
    TestLogs.assertHolds(model.kept(), log);
  }

  @Override
  public void close() {
    try (scratch) {
      log.close();
    }
  }
}
