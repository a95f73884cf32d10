package dev.varve.bench.report;

import dev.varve.bench.compare.Claim;
import dev.varve.bench.verdict.Judged;
import dev.varve.bench.verdict.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What still holds of a result as text. */
public final class ClaimText {
  private static final List<String> HEAD =
      List.of(
          "question",
          "parameters",
          "durability",
          "compared",
          "then",
          "rounds",
          "now",
          "rounds",
          "outcome");

  private ClaimText() {}

  /** A line for each ratio, and how many there are of each outcome. */
  public static String of(List<Claim> claims) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    claims.forEach(claim -> lines.add(cells(claim)));
    return Columns.of(lines) + "\n" + count(claims) + "\n";
  }

  private static String count(List<Claim> claims) {
    return Arrays.stream(Claim.Outcome.values())
        .map(
            outcome ->
                "%s: %d"
                    .formatted(
                        outcome.word(),
                        claims.stream().filter(claim -> claim.outcome() == outcome).count()))
        .collect(Collectors.joining(", "));
  }

  private static List<String> cells(Claim claim) {
    Pair pair = claim.then().pair();
    return List.of(
        pair.question(),
        pair.params(),
        pair.durability() + " on " + pair.medium(),
        pair.ours() + " : " + pair.other(),
        ratio(claim.then()),
        Integer.toString(pair.ratios().size()),
        claim.now().map(ClaimText::ratio).orElse(""),
        claim.now().map(now -> Integer.toString(now.pair().ratios().size())).orElse(""),
        claim.outcome().word());
  }

  private static String ratio(Judged judged) {
    String interval =
        judged.interval().confidence() > 0
            ? String.format(
                Locale.ROOT, " (%.3f .. %.3f)", judged.interval().low(), judged.interval().high())
            : "";
    return String.format(Locale.ROOT, "%.3f", judged.ratio()) + interval;
  }
}
