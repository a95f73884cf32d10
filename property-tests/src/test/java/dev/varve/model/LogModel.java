package dev.varve.model;

import dev.varve.kit.AppendedRecord;
import java.util.ArrayList;
import java.util.List;

/** What the log should be: a list. */
final class LogModel {
  private final List<AppendedRecord> records = new ArrayList<>();

  /** For each record the index of its batch's first. */
  private final List<Integer> batchStarts = new ArrayList<>();

  /** What once was the end, with the number of records appended before. */
  private final List<FormerEnd> ends = new ArrayList<>();

  private int tail;

  /** What once was the end: the records from index {@code next} on came later. */
  record FormerEnd(long position, int next) {}

  void append(List<AppendedRecord> batch, long endBefore) {
    ends.add(new FormerEnd(endBefore, records.size()));
    int first = records.size();
    for (AppendedRecord record : batch) {
      records.add(record);
      batchStarts.add(first);
    }
  }

  /** Gives up the records before the one with this index, whole batches only. */
  void dropBefore(int index) {
    tail = Math.max(tail, index == records.size() ? index : batchStarts.get(index));
  }

  List<AppendedRecord> kept() {
    return records.subList(tail, records.size());
  }

  List<AppendedRecord> dropped() {
    return records.subList(0, tail);
  }

  /** Index of a kept record, or of what comes behind the last one for 1000. */
  int indexAt(int thousandth) {
    return tail + (int) ((long) (records.size() - tail) * thousandth / 1000);
  }

  AppendedRecord record(int index) {
    return records.get(index);
  }

  int size() {
    return records.size();
  }

  /** The kept records from an index on. */
  List<AppendedRecord> from(int index) {
    return records.subList(Math.max(tail, index), records.size());
  }

  /** The kept records up to an index, inclusive, newest first. */
  List<AppendedRecord> backFrom(int index) {
    return records.subList(tail, Math.min(index, records.size() - 1) + 1).reversed();
  }

  /** Former ends at which a walk may still start: the record behind them is kept. */
  List<FormerEnd> usableEnds() {
    return ends.stream().filter(end -> end.next() > tail && end.next() < records.size()).toList();
  }
}
