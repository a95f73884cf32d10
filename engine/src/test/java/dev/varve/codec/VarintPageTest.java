package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.codec.MalformedVarint.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The test vectors of docs/formats/varint63.md, read from the page and run against the code. */
class VarintPageTest {
  private static final Path PAGE = Path.of("docs", "formats", "varint63.md");
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private record Valid(long value, String varint63, String leb128) {}

  private record Invalid(String code, String hex, Reason reason) {}

  @TestFactory
  List<DynamicTest> validVectorsAreWrittenAndReadByBothCodes() throws IOException {
    return named(valid(), vector -> "" + vector.value(), VarintPageTest::checkValid);
  }

  @TestFactory
  List<DynamicTest> invalidVectorsAreRefusedForTheReasonOfThePage() throws IOException {
    return named(
        invalid(),
        vector -> vector.code() + " " + vector.hex() + " " + vector.reason(),
        VarintPageTest::checkInvalid);
  }

  @Test
  void everyLengthBoundaryStandsOnThePage() throws IOException {
    Set<Long> values = valid().stream().map(Valid::value).collect(Collectors.toSet());
    for (int bits = 7; bits <= 63; bits += 7) {
      long longest = (1L << bits) - 1;
      assertTrue(values.contains(longest), () -> "missing " + longest);
      assertTrue(bits == 63 || values.contains(longest + 1), () -> "missing " + (longest + 1));
    }
    assertTrue(values.contains(0L), "missing 0");
  }

  @Test
  void everyReasonStandsOnThePageForBothCodes() throws IOException {
    for (String code : List.of("varint63", "LEB128")) {
      Set<Reason> reasons =
          invalid().stream()
              .filter(vector -> vector.code().equals(code))
              .map(Invalid::reason)
              .collect(Collectors.toSet());
      assertEquals(EnumSet.allOf(Reason.class), reasons, code);
    }
  }

  @Test
  void everyReasonIsExplainedOnThePage() throws IOException {
    Set<Reason> explained =
        table("| fault | meaning |").stream()
            .map(cells -> Reason.valueOf(cells.getFirst()))
            .collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(Reason.class), explained);
  }

  private static void checkValid(Valid vector) {
    long value = vector.value();
    byte[] big = new byte[Varint63.length(value)];
    assertEquals(big.length, Varint63.write(big, 0, value));
    assertEquals(vector.varint63(), HEX.formatHex(big));
    byte[] little = new byte[Leb128.length(value)];
    assertEquals(little.length, Leb128.write(little, 0, value));
    assertEquals(vector.leb128(), HEX.formatHex(little));
    assertEquals(value, read("varint63", big));
    assertEquals(value, read("LEB128", little));
    assertEquals(value, read("varint63", MemorySegment.ofArray(big)));
    assertEquals(value, read("LEB128", MemorySegment.ofArray(little)));
  }

  private static void checkInvalid(Invalid vector) {
    String code = vector.code();
    byte[] bytes = HEX.parseHex(vector.hex());
    MemorySegment memory = MemorySegment.ofArray(bytes);
    MalformedVarint onHeap = assertThrows(MalformedVarint.class, () -> read(code, bytes));
    MalformedVarint inMemory = assertThrows(MalformedVarint.class, () -> read(code, memory));
    assertEquals(vector.reason(), onHeap.reason());
    assertEquals(vector.reason(), inMemory.reason());
    assertEquals(onHeap.getMessage(), inMemory.getMessage());
  }

  private static long read(String code, byte[] bytes) {
    return switch (code) {
      case "varint63" -> Varint63.read(bytes, 0, bytes.length);
      case "LEB128" -> Leb128.read(bytes, 0, bytes.length);
      default -> throw new AssertionError("unknown code on the page: " + code);
    };
  }

  private static long read(String code, MemorySegment memory) {
    return switch (code) {
      case "varint63" -> Varint63.read(memory, 0, memory.byteSize());
      case "LEB128" -> Leb128.read(memory, 0, memory.byteSize());
      default -> throw new AssertionError("unknown code on the page: " + code);
    };
  }

  private static List<Valid> valid() throws IOException {
    return table("| value | varint63 | LEB128 |").stream()
        .map(c -> new Valid(Long.parseLong(c.get(0)), hex(c.get(1)), hex(c.get(2))))
        .toList();
  }

  private static List<Invalid> invalid() throws IOException {
    return table("| code | bytes | reason |").stream()
        .map(c -> new Invalid(c.get(0), hex(c.get(1)), Reason.valueOf(c.get(2))))
        .toList();
  }

  /** The empty input is written as a dash. */
  private static String hex(String cell) {
    String hex = cell.replace("`", "");
    return hex.equals("-") ? "" : hex;
  }

  /** The cells of each row below {@code header}; a page without that table or its rows fails. */
  private static List<List<String>> table(String header) throws IOException {
    List<String> lines = Files.readAllLines(root().resolve(PAGE));
    int at = lines.indexOf(header);
    assertTrue(at >= 0, () -> PAGE + " has no table " + header);
    List<List<String>> rows = new ArrayList<>();
    for (String line : lines.subList(at + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      rows.add(List.of(line.substring(1, line.length() - 1).strip().split("\\s*\\|\\s*")));
    }
    assertFalse(rows.isEmpty(), () -> PAGE + " has no rows under " + header);
    return rows;
  }

  /** Builds run tests in the folder of the module, editors often at the root. */
  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(PAGE))) {
        return folder;
      }
    }
    throw new AssertionError("expected " + PAGE + " in " + start + " or a folder above it");
  }

  private static <T> List<DynamicTest> named(
      List<T> vectors, Function<T, String> name, Consumer<T> check) {
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(name.apply(vector), () -> check.accept(vector)))
        .toList();
  }
}
