package dev.varve.kit.disk;

/**
 * What has been tried.
 *
 * @param states distinct contents of a disk in which something that was not synced is missing
 * @param kills how often a process died with its page cache left as it was
 * @param sessions how often a log was opened, used and compared
 */
public record CrashSummary(int states, long kills, long sessions) {
  @Override
  public String toString() {
    return "%,d crash states, %,d kills, %,d sessions".formatted(states, kills, sessions);
  }
}
