package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNamesTest {
  @ParameterizedTest
  @CsvSource({
    "0, f000000000000.sf",
    "4194304, f000004194304.sf",
    "999999999999, f999999999999.sf",
    "1099511627776, f1099511627776.sf",
    "9223372036854775807, f9223372036854775807.sf"
  })
  void aSegmentIsNamedByItsStartInTwelveDigitsOrMore(long start, String name) {
    assertEquals(name, SegmentNames.segment(start));
    assertTrue(SegmentNames.isSegment(name));
    assertEquals(List.of(start), SegmentNames.segmentStarts(List.of(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f.sf",
        ".sf",
        "f00000000000.sf",
        "f00000000000000000000.sf",
        "f00000000000a.sf",
        "f-00000000001.sf",
        "f000000000000.SF",
        "F000000000000.sf",
        "f000000000000.sf.bak",
        "f\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661.sf"
      })
  void whatHasAnotherShapeIsNone(String name) {
    assertFalse(SegmentNames.isSegment(name));
    assertEquals(List.of(), SegmentNames.segmentStarts(List.of(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"f0000000000000.sf", "f9999999999999999999.sf"})
  void whatNoStartIsWrittenAsIsForeign(String name) {
    assertTrue(SegmentNames.isSegment(name));
    assertEquals(List.of(-1L), SegmentNames.segmentStarts(List.of(name)));
  }

  @Test
  void startsAscendWhateverTheOrderOfTheNames() {
    List<String> names =
        List.of(
            SegmentNames.segment(1L << 41),
            "superblock",
            SegmentNames.segment(512),
            SegmentNames.pool(0),
            SegmentNames.segment(0));
    assertEquals(List.of(0L, 512L, 1L << 41), SegmentNames.segmentStarts(names));
  }

  @ParameterizedTest
  @CsvSource({"0, pool000000.free", "999999, pool999999.free", "1000000, pool1000000.free"})
  void aPoolFileIsNamedByANumber(long number, String name) {
    assertEquals(name, SegmentNames.pool(number));
    assertTrue(SegmentNames.isPool(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pool.free", "poolfree", "pool1.fre", "pool1a.free", "pool 1.free", "free"})
  void otherNamesAreNotOfThePool(String name) {
    assertFalse(SegmentNames.isPool(name));
  }
}
