package dev.varve.bench.systems;

/**
 * What a session is going to be asked for. Systems set themselves up for it, as a careful user
 * would.
 *
 * @param task what is done
 * @param level what an append promises
 * @param payloadBytes length of every record, at least {@value Payloads#MIN_BYTES}
 * @param recordsPerAppend the count that each append will pass
 * @param threads how many threads append at the same time
 * @param retainedBytes payload bytes that have to be kept, older ones may go; 0 keeps everything
 * @param totalBytes payload bytes that are appended at most
 */
public record Workload(
    Task task,
    Level level,
    int payloadBytes,
    int recordsPerAppend,
    int threads,
    long retainedBytes,
    long totalBytes) {

  /** Checks that the workload makes sense. */
  public Workload {
    if (payloadBytes < Payloads.MIN_BYTES || recordsPerAppend < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "payloadBytes %d, recordsPerAppend %d, threads %d"
              .formatted(payloadBytes, recordsPerAppend, threads));
    }
  }

  /** One thread that appends without sync and keeps everything. */
  public static Workload of(Task task, int payloadBytes, int recordsPerAppend, long totalBytes) {
    return new Workload(task, Level.NONE, payloadBytes, recordsPerAppend, 1, 0, totalBytes);
  }

  /** The same with another promise. */
  public Workload withLevel(Level other) {
    return new Workload(
        task, other, payloadBytes, recordsPerAppend, threads, retainedBytes, totalBytes);
  }

  /** The same with that many appending threads. */
  public Workload withThreads(int other) {
    return new Workload(
        task, level, payloadBytes, recordsPerAppend, other, retainedBytes, totalBytes);
  }

  /** The same where only the newest bytes have to be kept. */
  public Workload withRetainedBytes(long other) {
    return new Workload(task, level, payloadBytes, recordsPerAppend, threads, other, totalBytes);
  }

  /** Whether an append must be durable when it returns. */
  public boolean durable() {
    return level == Level.SYNC;
  }

  /**
   * Whether a system is to drop what is no longer needed. Durable runs are short: nobody drops
   * anything there, only the limit uses its file again.
   */
  public boolean dropsOldest() {
    return retainedBytes > 0 && !durable();
  }

  /** How many records a system keeps that drops the oldest; all of them when nothing is dropped. */
  public long retainedRecords() {
    return dropsOldest() ? requiredRecords() : Long.MAX_VALUE;
  }

  /** How many of the newest records have to come back; a limit without bound when all have. */
  public long requiredRecords() {
    return retainedBytes > 0 ? Math.ceilDiv(retainedBytes, payloadBytes) : Long.MAX_VALUE;
  }

  /** What files hold when the records that are kept take so many bytes each in them. */
  long retainedFileBytes(int recordBytes) {
    return dropsOldest() ? retainedRecords() * recordBytes : Long.MAX_VALUE;
  }
}
