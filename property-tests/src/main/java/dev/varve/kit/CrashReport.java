package dev.varve.kit;

/**
 * What a {@link CrashRunner} saw.
 *
 * @param seed where the run's lengths, bytes and moments came from
 * @param cycles children killed
 * @param killsInAppend kills while at least one append was begun and not acknowledged
 * @param killsInOpening kills while the log was being opened
 * @param acknowledged appends acknowledged by all children
 * @param keptUnacknowledged appends that were not acknowledged when the child died and were
 *     recovered whole, as they may be
 */
public record CrashReport(
    long seed,
    int cycles,
    int killsInAppend,
    int killsInOpening,
    long acknowledged,
    long keptUnacknowledged) {

  static CrashReport none(long seed) {
    return new CrashReport(seed, 0, 0, 0, 0, 0);
  }

  CrashReport plus(CrashedChild child, long[] first, long[] recovered) {
    long newlyAcknowledged = 0;
    long kept = 0;
    for (int writer = 0; writer < recovered.length; writer++) {
      newlyAcknowledged += child.acknowledged(writer) - first[writer];
      kept += recovered[writer] - child.acknowledged(writer);
    }
    return new CrashReport(
        seed,
        cycles + 1,
        killsInAppend + (child.killedInAppend() ? 1 : 0),
        killsInOpening + (child.killedInOpening() ? 1 : 0),
        acknowledged + newlyAcknowledged,
        keptUnacknowledged + kept);
  }
}
