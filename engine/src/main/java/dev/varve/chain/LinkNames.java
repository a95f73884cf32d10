package dev.varve.chain;

import java.util.OptionalInt;

/** The names of blobs, by the number of their link: {@code docs/formats/blob-chain.md}. */
final class LinkNames {
  static final String LINKS = "events.";
  static final String COPIES = "compacted.";
  private static final int MOST_DIGITS = 9;

  private LinkNames() {}

  /** Name of a link, which counts from 1. */
  static String link(int number) {
    return name(LINKS, number);
  }

  /** Name of the compacted copy of a link. */
  static String copy(int number) {
    return name(COPIES, number);
  }

  private static String name(String prefix, int number) {
    String digits = Integer.toString(number);
    return prefix + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
  }

  /** The link whose name has this prefix and is otherwise as it should be; none for other blobs. */
  static OptionalInt number(String prefix, String name) {
    String digits = name.substring(Math.min(prefix.length(), name.length()));
    boolean plain =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!plain) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(digits);
    boolean same = number > 0 && name(prefix, number).equals(name);
    return same ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
