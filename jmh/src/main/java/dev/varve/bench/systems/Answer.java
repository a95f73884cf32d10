package dev.varve.bench.systems;

import java.util.Arrays;

/**
 * Checks what a system gives back, the same way for everyone and without allocation: the length,
 * sequence number and seal of every record, and every byte of one record in {@value #WHOLE_EVERY}.
 * The first thing that is wrong throws.
 */
public final class Answer {
  private static final int WHOLE_EVERY = 1024;
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final int payloadBytes;
  private final long step;
  private final byte[] expected;
  private long nextSequence;
  private long count;
  private long sum;

  private Answer(int payloadBytes, long step, long firstSequence) {
    this.payloadBytes = payloadBytes;
    this.step = step;
    this.nextSequence = firstSequence;
    this.expected = Payloads.filled(payloadBytes);
  }

  /** Expects sequence numbers that ascend by one from a given one. */
  public static Answer ascending(int payloadBytes, long firstSequence) {
    return new Answer(payloadBytes, 1, firstSequence);
  }

  /** Expects sequence numbers that ascend by one from wherever they start. */
  public static Answer ascending(int payloadBytes) {
    return new Answer(payloadBytes, 1, UNKNOWN);
  }

  /** Expects sequence numbers that descend by one from a given one. */
  public static Answer descending(int payloadBytes, long firstSequence) {
    return new Answer(payloadBytes, -1, firstSequence);
  }

  /** Expects whole records in any order. */
  public static Answer unordered(int payloadBytes) {
    return new Answer(payloadBytes, 0, UNKNOWN);
  }

  /** Forgets what was counted and expects this sequence number next. */
  public void expect(long sequence) {
    nextSequence = sequence;
    count = 0;
    sum = 0;
  }

  /**
   * Takes a record by the parts that tell it from others: its first and last eight bytes, read
   * little-endian, and its length. Returns true if the system must now hand its bytes to {@link
   * #content}.
   */
  public boolean record(long sequence, long seal, int length) {
    if (length != payloadBytes || seal != Payloads.seal(sequence) || !inOrder(sequence)) {
      throw wrong(sequence, seal, length);
    }
    count++;
    sum += sequence;
    return sequence % WHOLE_EVERY == 0;
  }

  /** Takes all bytes of the record that {@link #record} asked for. */
  public void content(byte[] payload) {
    Payloads.stamp(expected, Payloads.longAt(payload, 0));
    int mismatch = Arrays.mismatch(payload, expected);
    if (mismatch >= 0) {
      throw new IllegalStateException(
          "wrong answer: record %d differs at byte %d"
              .formatted(Payloads.longAt(payload, 0), mismatch));
    }
  }

  /** Takes a record as an array; the short way for systems that hand out arrays. */
  public void whole(byte[] payload) {
    long sequence = Payloads.longAt(payload, 0);
    if (record(sequence, Payloads.longAt(payload, payload.length - Long.BYTES), payload.length)) {
      content(payload);
    }
  }

  /** How many records were taken. */
  public long count() {
    return count;
  }

  /** The sum of the sequence numbers that were taken. */
  public long sum() {
    return sum;
  }

  /** The sequence number that would have to come next. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Throws unless exactly so many records were taken. */
  public void requireCount(long records) {
    if (count != records) {
      throw new IllegalStateException(
          "wrong answer: %d records came back, %d expected".formatted(count, records));
    }
  }

  /** Throws unless that many records or more were taken. */
  public void requireAtLeast(long records) {
    if (count < records) {
      throw new IllegalStateException(
          "wrong answer: %d records came back, %d have to be kept".formatted(count, records));
    }
  }

  private boolean inOrder(long sequence) {
    if (step == 0) {
      return true;
    }
    boolean expectedNext = sequence == nextSequence || nextSequence == UNKNOWN;
    nextSequence = sequence + step;
    return expectedNext;
  }

  private IllegalStateException wrong(long sequence, long seal, int length) {
    return new IllegalStateException(
        "wrong answer: after %d records came sequence %d, seal %x, length %d; expected length %d"
            .formatted(count, sequence, seal, length, payloadBytes));
  }
}
