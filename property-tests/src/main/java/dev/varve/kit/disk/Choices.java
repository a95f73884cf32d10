package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Choices that are remembered, so that they can be made again: a given front first, then whatever
 * {@code rest} says. Torn sectors are a whole number below -1 in the list.
 */
final class Choices implements Chooser {
  private static final int WHOLE = -1;

  private final List<Integer> given;
  private final IntUnaryOperator rest;
  private final IntUnaryOperator torn;
  private final List<Integer> made = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();

  Choices(List<Integer> given, IntUnaryOperator rest, IntUnaryOperator torn) {
    this.given = given;
    this.rest = rest;
    this.torn = torn;
  }

  /** These choices, and the oldest where they end. */
  static Choices of(List<Integer> given) {
    return new Choices(given, count -> 0, count -> WHOLE);
  }

  @Override
  public int choose(int count) {
    int choice = made.size() < given.size() ? given.get(made.size()) : rest.applyAsInt(count);
    made.add(Math.clamp(choice, 0, count - 1));
    counts.add(count);
    return made.getLast();
  }

  @Override
  public int chooseTorn(int count) {
    boolean again = made.size() < given.size() && given.get(made.size()) < WHOLE;
    int choice = again ? WHOLE - 1 - given.get(made.size()) : WHOLE;
    if (made.size() >= given.size()) {
      choice = torn.applyAsInt(count);
    }
    if (choice >= 0) {
      choice = Math.min(choice, count - 1);
      made.add(WHOLE - 1 - choice);
      counts.add(1);
    }
    return choice;
  }

  List<Integer> made() {
    return made;
  }

  /** The list that comes next when all are counted through; empty after the last. */
  List<Integer> next() {
    int last = made.size() - 1;
    while (last >= 0 && made.get(last) == counts.get(last) - 1) {
      last--;
    }
    if (last < 0) {
      return List.of();
    }
    List<Integer> following = new ArrayList<>(made.subList(0, last));
    following.add(made.get(last) + 1);
    return following;
  }

  static String text(List<Integer> choices) {
    return choices.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  static List<Integer> parse(String text) {
    return text.isEmpty() ? List.of() : Stream.of(text.split(",")).map(Integer::valueOf).toList();
  }
}
