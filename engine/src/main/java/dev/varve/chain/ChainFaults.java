package dev.varve.chain;

import dev.varve.StorageException.Corrupt;

/** What is told of links that do not fit each other. */
final class ChainFaults {
  private ChainFaults() {}

  /** Refuses a link that begins elsewhere than where its predecessor ends. */
  static void checkStart(int number, long expected, long found) {
    if (expected != found) {
      throw start(number, expected, found);
    }
  }

  /** A link that begins elsewhere than its predecessor allows. */
  static Corrupt start(int number, long expected, long found) {
    return Corrupt.inBlob(
        LinkNames.link(number),
        0,
        expected,
        "a link that begins at " + expected,
        "one that begins at " + found);
  }

  /** A link that is gone. */
  static Corrupt missing(int number, long start) {
    return Corrupt.inBlob(LinkNames.link(number), 0, start, "the link", "none");
  }

  /** A link that is shorter than it was, or than its successor says. */
  static Corrupt shorter(int number, long start, long length, long expected) {
    return Corrupt.inBlob(
        LinkNames.link(number),
        length,
        start + length,
        "a link of at least %d bytes".formatted(expected),
        "one of %d".formatted(length));
  }

  /** Bytes that are no event. */
  static Corrupt damaged(int number, long offset, long position, String expected, String found) {
    return Corrupt.inBlob(LinkNames.link(number), offset, position, expected, found);
  }
}
