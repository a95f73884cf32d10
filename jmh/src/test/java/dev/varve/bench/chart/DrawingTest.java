package dev.varve.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawingTest {
  @Test
  void wordsThatDoNotFitGoToTheNextLine() {
    List<String> lines = Drawing.wrapped("one two three  fourteen", 7);
    assertEquals(List.of("one two", "three", "fourte…"), lines);
    assertEquals(List.of(), Drawing.wrapped(" ", 7));
  }

  @Test
  void aCutNameDoesNotSplitACharacter() {
    assertEquals("a\uD83D\uDE00…", Drawing.cut("a\uD83D\uDE00bcd", 3));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0, 0",
        "0.0376, 0.038",
        "1.5, 1.50",
        "50.84, 50.8",
        "403.4, 403",
        "62174.2, \"62,174\""
      })
  void figuresHaveThreeDigitsThatSaySomething(double value, String text) {
    assertEquals(text, Figures.of(value));
  }

  @ParameterizedTest
  @CsvSource({"ns/op, ns", "us/op, µs", "ops/s, ops/s", "%, %"})
  void unitsAreThoseOfPeople(String unit, String text) {
    assertEquals(text, Figures.unit(unit));
  }
}
