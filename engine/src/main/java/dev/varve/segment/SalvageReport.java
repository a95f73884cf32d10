package dev.varve.segment;

import java.util.List;

/**
 * What {@link SegmentLog#salvage} copied and what it had to leave.
 *
 * @param records records copied
 * @param bytes their payload bytes
 * @param damages places that were left out, in order of position
 */
public record SalvageReport(long records, long bytes, List<Damage> damages) {
  /** Keeps its own copy of the list. */
  public SalvageReport {
    damages = List.copyOf(damages);
  }
}
