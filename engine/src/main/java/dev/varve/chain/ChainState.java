package dev.varve.chain;

/**
 * What is known of a chain. It may have grown since.
 *
 * @param links where they begin
 * @param end the furthest end that was seen: a place between two appends
 * @param markers whether blocks begin with a marker; settled once there is a link
 */
record ChainState(LinkTable links, long end, boolean markers) {
  static final ChainState NOTHING = new ChainState(LinkTable.EMPTY, 0, false);

  /** Number of the last link, 0 without one. */
  int last() {
    return links.count();
  }

  /** Where a link ends: for good, unless it is the last one. */
  long endOf(int link) {
    return link < last() ? links.start(link + 1) : end;
  }

  /** The same with an end that may be further. */
  ChainState reaching(long position) {
    return position <= end ? this : new ChainState(links, position, markers);
  }

  /**
   * The same with more links.
   *
   * @param marked whether the first of them has markers, which matters where it begins the chain
   * @param starts where they begin, one at least
   */
  ChainState plus(boolean marked, long... starts) {
    return new ChainState(
        links.plus(starts),
        Math.max(end, starts[starts.length - 1]),
        last() == 0 ? marked : markers);
  }
}
