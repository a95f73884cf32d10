package dev.varve.kit;

/**
 * What a record log can hold; the contract chooses its records accordingly.
 *
 * @param largestRecord the longest payload in bytes that the log takes; one byte more is misuse
 * @param blockSize the unit in bytes at whose boundaries a log of this kind is most likely wrong:
 *     payloads are chosen around its multiples
 * @param batches whether batches of more than one record are taken; where not, they are misuse
 * @param dropped what a cursor or read throws for a record that {@code dropBefore} has given up
 */
public record RecordLogTraits(
    int largestRecord, int blockSize, boolean batches, Class<? extends RuntimeException> dropped) {

  public RecordLogTraits {
    if (largestRecord < 1 || blockSize < 1) {
      throw new IllegalArgumentException(
          "largestRecord %d and blockSize %d must be positive".formatted(largestRecord, blockSize));
    }
  }
}
