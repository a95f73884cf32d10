package dev.varve.segment;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far a log reaches: for those who encode, for the group that is being written by position, and
 * for readers. Each moves from batch end to batch end and never back ({@code INV-2}), and each
 * follows the one before; the mapped path has the first and the last move together.
 *
 * <p>Changed under the appender's monitor. What readers see is published with release stores, the
 * head before the end, and read without it.
 */
final class LogEnds {
  private final SegmentTable table;
  private final AtomicLong shownEnd;
  private final AtomicLong shownHead;
  private long encodedEnd;
  private long encodedHead;
  private long groupEnd;
  private long groupHead;
  private long firstUnseen;

  LogEnds(SegmentTable table, long end, long head) {
    this.table = table;
    this.shownEnd = new AtomicLong(end);
    this.shownHead = new AtomicLong(head);
    this.encodedEnd = end;
    this.encodedHead = head;
  }

  /** The end that readers see. */
  long shown() {
    return shownEnd.getAcquire();
  }

  /** Position of the newest record that readers see. */
  long head() {
    return shownHead.getAcquire();
  }

  /** Behind the last batch that is encoded. */
  long encoded() {
    return encodedEnd;
  }

  /** A batch has been encoded up to {@code end}. */
  void encode(long firstRecord, long newestRecord, long end) {
    if (encodedEnd == shownEnd.getPlain()) {
      firstUnseen = firstRecord;
    }
    encodedEnd = end;
    encodedHead = newestRecord;
  }

  /** Shows readers what is encoded. */
  void showEncoded() {
    show(encodedEnd, encodedHead);
  }

  /** What is encoded by now is one group, up to the end that is returned. */
  long beginGroup() {
    groupEnd = encodedEnd;
    groupHead = encodedHead;
    return groupEnd;
  }

  /** Shows readers the group. */
  void showGroup() {
    show(groupEnd, groupHead);
  }

  /** The first record of an empty log may lie behind the tail, in the next block. */
  private void show(long end, long head) {
    long before = shownEnd.getPlain();
    shownHead.setRelease(head);
    shownEnd.setRelease(end);
    if (firstUnseen > before && table.tail() == before) {
      table.tail(firstUnseen);
    }
  }
}
