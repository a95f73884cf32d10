package dev.varve.kit.history;

/**
 * An event that was read.
 *
 * @param batch number of the batch it is of
 * @param index which of the batch's events it is
 */
public record Sighting(long position, int batch, int index) {
  @Override
  public String toString() {
    return "%d/%d@%d".formatted(batch, index, position);
  }
}
