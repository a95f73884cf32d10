package dev.varve.segment;

import java.util.List;

/**
 * What {@link SegmentLog#verify()} found.
 *
 * @param records whole, valid records
 * @param bytes their payload bytes
 * @param damages every damaged place, in order of position
 */
public record VerifyReport(long records, long bytes, List<Damage> damages) {
  /** Keeps its own copy of the list. */
  public VerifyReport {
    damages = List.copyOf(damages);
  }

  /** Whether nothing is damaged. */
  public boolean whole() {
    return damages.isEmpty();
  }
}
