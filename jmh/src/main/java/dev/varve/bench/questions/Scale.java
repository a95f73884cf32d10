package dev.varve.bench.questions;

/**
 * How much data a benchmark sets up. A smoke run, whose numbers are thrown away, makes it small
 * through the system property {@value #PROPERTY}.
 */
public final class Scale {
  /** Upper bound of the records that a benchmark loads; absent means as many as it wants. */
  public static final String PROPERTY = "varve.bench.records";

  private static final long RETAINED_BYTES = 256L << 20;
  private static final int SMOKE_BYTES_PER_RECORD = 100;

  private Scale() {}

  /** So many records, or fewer in a smoke run. */
  public static int records(int wanted) {
    return (int) Math.min(wanted, limit());
  }

  /** What steady state keeps: the newest 256 MiB of payload, or less in a smoke run. */
  public static long retainedBytes() {
    long limit = limit();
    return limit == Long.MAX_VALUE
        ? RETAINED_BYTES
        : Math.min(RETAINED_BYTES, limit * SMOKE_BYTES_PER_RECORD);
  }

  private static long limit() {
    return Long.getLong(PROPERTY, Long.MAX_VALUE);
  }
}
