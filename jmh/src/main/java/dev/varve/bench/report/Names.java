package dev.varve.bench.report;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for files and anchors: small letters and digits, each given once. */
final class Names {
  private static final int MOST_LETTERS = 80;

  private final Set<String> given = new HashSet<>();

  /** A name that says what some words say. */
  String of(String words) {
    String plain = plain(words);
    String name = plain;
    for (int i = 2; !given.add(name); i++) {
      name = plain + "-" + i;
    }
    return name;
  }

  private static String plain(String words) {
    String plain =
        words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String named = plain.isEmpty() ? "chart" : plain;
    return named.substring(0, Math.min(named.length(), MOST_LETTERS));
  }
}
