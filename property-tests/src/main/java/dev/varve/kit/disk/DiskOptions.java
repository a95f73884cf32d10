package dev.varve.kit.disk;

/**
 * What a simulated disk is like.
 *
 * @param sectorBytes the unit that a loss of power keeps or loses, a multiple of 8; 512 on the
 *     disks that are sold, less makes a small log lose its bytes as finely as a large one
 * @param quotaBytes most bytes that its files may have together
 * @param shortWrites whether a write may stop after its first sector and return
 */
public record DiskOptions(int sectorBytes, long quotaBytes, boolean shortWrites) {

  public DiskOptions {
    if (sectorBytes < Long.BYTES || sectorBytes % Long.BYTES != 0) {
      throw new IllegalArgumentException(
          "a sector must have a multiple of 8 bytes, has " + sectorBytes);
    }
  }

  /** Sectors of 512 bytes, no quota, whole writes. */
  public static DiskOptions defaults() {
    return new DiskOptions(512, Long.MAX_VALUE, false);
  }

  /** The same with sectors of this many bytes. */
  public DiskOptions withSectorBytes(int bytes) {
    return new DiskOptions(bytes, quotaBytes, shortWrites);
  }

  /** The same with a quota. */
  public DiskOptions withQuotaBytes(long bytes) {
    return new DiskOptions(sectorBytes, bytes, shortWrites);
  }

  /** The same with writes that stop early. */
  public DiskOptions withShortWrites() {
    return new DiskOptions(sectorBytes, quotaBytes, true);
  }
}
