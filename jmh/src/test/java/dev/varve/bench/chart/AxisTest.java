package dev.varve.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
  private static final double TINY = 1e-9;

  @Test
  void figuresFarApartGetALogarithmicAxis() {
    assertInstanceOf(Axis.Linear.class, Axis.of(List.of(1.0, 49.0), 50));
    assertInstanceOf(Axis.Log.class, Axis.of(List.of(1.0, 50.0), 50));
    assertInstanceOf(Axis.Linear.class, Axis.of(List.of(0.0, 7.0), 50));
    assertInstanceOf(Axis.Linear.class, Axis.of(List.of(), 50));
  }

  @ParameterizedTest
  @CsvSource({
    "403, 0 100 200 300 400",
    "1, 0 0.2 0.4 0.6 0.8 1",
    "7, 0 2 4 6",
    "0, 0 0.2 0.4 0.6 0.8 1"
  })
  void linearTicksAreRoundAndBeginAtZero(double high, String ticks) {
    assertEquals(ticks, text(new Axis.Linear(high)));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 343, 2 5 10 20 50 100 200",
    "0.7, 33000, 1 10 100 1000 10k",
    "1, 10, 1 2 5 10",
    "0.7, 1.6, 0.8 1 1.2 1.5",
    "5, 5000, 10 30 100 300 1000 3000"
  })
  void logarithmicTicksAreRoundAndFew(double low, double high, String ticks) {
    assertEquals(ticks, text(new Axis.Log(low, high)));
  }

  @Test
  void equalFactorsAreEqualDistances() {
    Axis axis = new Axis.Log(1, 10_000);
    assertEquals(0.25, axis.at(10), TINY);
    assertEquals(0.5, axis.at(100), TINY);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-5, 0, 0.5, 1, 3, 1e300})
  void nothingLiesOutside(double value) {
    for (Axis axis : List.of(new Axis.Log(1, 3), new Axis.Linear(3))) {
      assertTrue(axis.at(value) >= 0 && axis.at(value) <= 1, axis::toString);
    }
  }

  private static String text(Axis axis) {
    return String.join(" ", axis.ticks().stream().map(Figures::tick).toList());
  }
}
