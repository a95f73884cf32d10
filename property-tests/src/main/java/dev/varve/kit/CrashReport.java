package dev.varve.kit;

/**
 * What a {@link CrashRunner} saw.
 *
 * @param seed where the run's lengths, bytes and moments came from
 * @param cycles children killed, by a signal or with the machine under them
 * @param killsInAppend kills while at least one append was begun and not acknowledged
 * @param killsInOpening kills while the log was being opened
 * @param acknowledged appends acknowledged by all children
 * @param keptUnacknowledged appends that were not acknowledged when the child died and were
 *     recovered whole, as they may be
 * @param lostUnsynced appends that were acknowledged, not synced, and lost, as they may be where
 *     the medium does not keep them
 */
public record CrashReport(
    long seed,
    int cycles,
    int killsInAppend,
    int killsInOpening,
    long acknowledged,
    long keptUnacknowledged,
    long lostUnsynced) {

  static CrashReport none(long seed) {
    return new CrashReport(seed, 0, 0, 0, 0, 0, 0);
  }

  CrashReport plus(CrashedChild child, long[] first, long[] recovered) {
    long newlyAcknowledged = 0;
    long kept = 0;
    long lost = 0;
    for (int writer = 0; writer < recovered.length; writer++) {
      long difference = recovered[writer] - child.acknowledged(writer);
      newlyAcknowledged += child.acknowledged(writer) - first[writer];
      kept += Math.max(0, difference);
      lost += Math.max(0, -difference);
    }
    return new CrashReport(
        seed,
        cycles + 1,
        killsInAppend + (child.killedInAppend() ? 1 : 0),
        killsInOpening + (child.killedInOpening() ? 1 : 0),
        acknowledged + newlyAcknowledged,
        keptUnacknowledged + kept,
        lostUnsynced + lost);
  }
}
