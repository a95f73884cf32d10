package dev.varve.bench.questions;

/**
 * A histogram of durations: 32 buckets for each power of two, so that a percentile is at most 3 %
 * off; the maximum is exact. Recording allocates nothing.
 */
final class Latencies {
  private static final int SUB_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];
  private long count;
  private long maxNanos;

  /** Forgets everything. */
  void clear() {
    java.util.Arrays.fill(counts, 0);
    count = 0;
    maxNanos = 0;
  }

  /** Adds a duration. */
  void record(long nanos) {
    counts[bucket(nanos)]++;
    count++;
    maxNanos = Math.max(maxNanos, nanos);
  }

  /** The longest duration, 0 when there is none. */
  long maxNanos() {
    return maxNanos;
  }

  /** The duration that this share of all did not exceed, 0 when there is none. */
  long percentileNanos(double percent) {
    long below = (long) Math.ceil(count * percent / 100);
    long seen = 0;
    for (int bucket = 0; bucket < counts.length && count > 0; bucket++) {
      seen += counts[bucket];
      if (seen >= below) {
        return Math.min(upperEnd(bucket), maxNanos);
      }
    }
    return maxNanos;
  }

  /** The same in microseconds. */
  double percentileMicros(double percent) {
    return percentileNanos(percent) / 1e3;
  }

  private static int bucket(long nanos) {
    long value = Math.max(nanos, 0);
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS - 1);
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  private static long upperEnd(int bucket) {
    int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
    long value = bucket - ((long) shift << SUB_BITS);
    return ((value + 1) << shift) - 1;
  }
}
