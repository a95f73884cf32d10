package dev.varve.segment;

/**
 * What opening a log found.
 *
 * @param created whether the log was made by this call
 * @param cleanEnd whether the session before ended with {@link SegmentLog#close()}
 * @param sameBoot whether the kernel still runs that ran the session before, so that only processes
 *     died
 * @param end the address behind the last record that was kept
 * @param checkedBytes bytes of the log that were checked
 * @param cutBytes bytes behind {@code end} that were cut as a torn tail
 */
public record RecoveryReport(
    boolean created,
    boolean cleanEnd,
    boolean sameBoot,
    long end,
    long checkedBytes,
    long cutBytes) {}
