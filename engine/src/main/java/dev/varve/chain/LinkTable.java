package dev.varve.chain;

import java.util.Arrays;

/**
 * Where the links of a chain begin. The first begins at 0, each further one where its predecessor
 * ends. Immutable.
 */
public final class LinkTable {
  /** Of a chain that has not begun. */
  public static final LinkTable EMPTY = new LinkTable(new long[0]);

  private final long[] starts;

  private LinkTable(long[] starts) {
    this.starts = starts;
  }

  /**
   * Of links that begin there.
   *
   * @param starts 0 and then ascending
   */
  public static LinkTable of(long... starts) {
    return EMPTY.plus(starts);
  }

  /** The same with links behind the last one, which begin there. */
  public LinkTable plus(long... further) {
    long[] longer = Arrays.copyOf(starts, starts.length + further.length);
    System.arraycopy(further, 0, longer, starts.length, further.length);
    LinkTable table = new LinkTable(longer);
    for (int number = starts.length + 1; number <= longer.length; number++) {
      table.checkStart(number, longer[number - 1]);
    }
    return table;
  }

  private void checkStart(int number, long start) {
    if (number == 1 ? start != 0 : start <= starts[number - 2]) {
      throw new IllegalArgumentException(
          "link %d cannot begin at %d%s"
              .formatted(number, start, number == 1 ? "" : ", behind " + starts[number - 2]));
    }
  }

  /** Number of links, which is also the number of the last one. */
  public int count() {
    return starts.length;
  }

  /** Position at which a link begins; links count from 1. */
  public long start(int number) {
    return starts[number - 1];
  }

  /**
   * The link that holds the byte at a position, as far as links are known: the last one that begins
   * there or before. Found in logarithmic time.
   *
   * @param position at least 0
   * @return 0 when there are no links
   */
  public int find(long position) {
    int found = Arrays.binarySearch(starts, position);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
