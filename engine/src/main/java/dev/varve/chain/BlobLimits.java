package dev.varve.chain;

/**
 * What a service allows.
 *
 * @param appendBytes most bytes of one append or block, at least 1 KiB
 * @param blocks most appends to one append blob, at least 1
 */
public record BlobLimits(int appendBytes, int blocks) {
  /** Azure Storage: 4 MiB and 50,000. */
  public static final BlobLimits AZURE = new BlobLimits(4 << 20, 50_000);

  /** Refuses limits that no chain could live with. */
  public BlobLimits {
    if (appendBytes < 1024) {
      throw new IllegalArgumentException("appendBytes must be at least 1024, is " + appendBytes);
    }
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks must be at least 1, is " + blocks);
    }
  }

  /**
   * For containers: refuses a block that no service takes.
   *
   * @throws IllegalArgumentException unless {@code bytes} is from 1 to {@link #appendBytes()}
   */
  public void checkBlock(int bytes) {
    if (bytes < 1 || bytes > appendBytes) {
      throw new IllegalArgumentException(
          "a block has 1 to %d bytes, not %d".formatted(appendBytes, bytes));
    }
  }
}
