package dev.varve.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.driver.EventBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The vectors of {@code docs/formats/blob-chain.md}, read from the page. */
class BlobChainPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("varve.root", ".."), "docs/formats/blob-chain.md");
  private static final HexFormat HEX = HexFormat.of();
  private static final Pattern DUMP = Pattern.compile(" ?[0-9]+  ((?:[0-9A-F]{2} )+) .*");

  @Test
  void everyNameHasItsNumber() throws IOException {
    List<List<String>> rows = rows("| name | number |");
    assertEquals(8, rows.size());
    for (List<String> row : rows) {
      OptionalInt number =
          row.get(1).equals("-")
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(row.get(1)));
      assertEquals(number, LinkNames.number(LinkNames.LINKS, row.get(0)));
      number.ifPresent(known -> assertEquals(row.get(0), LinkNames.link(known)));
    }
  }

  @Test
  void everyMarkerIsWritten() throws IOException {
    List<List<String>> rows = rows("| writer | nonce | marker |");
    assertEquals(3, rows.size());
    for (List<String> row : rows) {
      Markers markers = writer(row.get(0));
      byte[] marker = new byte[Markers.FRAME_BYTES];
      for (int nonce = 1; nonce <= Integer.parseInt(row.get(1)); nonce++) {
        markers.store(marker, 0);
      }
      assertEquals(row.get(2), HEX.formatHex(marker));
    }
  }

  @Test
  void exampleIsWhatIsSent() throws IOException {
    AppendBlock block = AppendBlock.of(EventBatch.of(12, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    block.mark(writer("000102030405060708090a0b0c0d0e0f"));
    byte[] sent = new byte[block.length(true)];
    block.data(true).get(sent);
    String dump =
        Files.readAllLines(PAGE).stream()
            .map(DUMP::matcher)
            .flatMap(line -> line.matches() ? Stream.of(line.group(1)) : Stream.of())
            .collect(Collectors.joining())
            .replace(" ", "");
    assertEquals(dump, HEX.withUpperCase().formatHex(sent));
  }

  private static Markers writer(String id) {
    ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(id)).order(ByteOrder.LITTLE_ENDIAN);
    Iterator<Long> halves = List.of(bytes.getLong(0), bytes.getLong(8)).iterator();
    return new Markers(halves::next);
  }

  /** The cells of the table with this header, without their backquotes. */
  private static List<List<String>> rows(String header) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int first = lines.indexOf(header) + 2;
    assertTrue(first > 1, () -> "no table " + header);
    return lines.subList(first, lines.size()).stream()
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.asList(line.substring(1).split("\\|", -1)))
        .map(row -> row.stream().map(cell -> cell.replace("`", "").strip()).toList())
        .toList();
  }
}
