package dev.varve.bench.questions;

import dev.varve.bench.systems.Payloads;

/** The events of one of several threads; their sequence numbers are apart from those of others. */
final class NumberedPayloads {
  private static final int SEQUENCE_BITS = 40;

  private final Payloads payloads;
  private final long first;

  /** Those of a thread, counted from 0 on. */
  NumberedPayloads(int payloadBytes, int thread) {
    first = (long) thread << SEQUENCE_BITS;
    payloads = new Payloads(payloadBytes, first);
  }

  /** Where the next one comes from. */
  Payloads payloads() {
    return payloads;
  }

  /** How many there were. */
  long appended() {
    return payloads.nextSequence() - first;
  }

  /** The sum of their sequence numbers. */
  long sum() {
    return (first + payloads.nextSequence() - 1) * appended() / 2;
  }
}
