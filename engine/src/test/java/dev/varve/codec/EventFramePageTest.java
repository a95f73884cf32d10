package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example and the vectors of {@code docs/formats/event-frame.md}, read from the page. */
class EventFramePageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("varve.root", ".."), "docs/formats/event-frame.md");
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final Pattern EXAMPLE =
      Pattern.compile("^(?:offset)? +\\d+  ((?:[0-9A-F]{2} )+) ", Pattern.MULTILINE);

  @Test
  void everyFrameIsWrittenAndRead() throws IOException {
    List<List<String>> rows = rows("| key | content | frame |");
    assertEquals(13, rows.size());
    for (List<String> row : rows) {
      long key = Long.parseLong(row.get(0));
      byte[] frame = frame(key, HEX.parseHex(row.get(1)));
      assertEquals(row.get(2), HEX.formatHex(frame));
      assertEquals(frame.length, EventFrame.decode(frame, 0, frame.length));
      assertEquals(key, EventFrame.key(frame, 0));
    }
  }

  @Test
  void everyChecksumIsComputed() throws IOException {
    List<List<String>> rows = rows("| key | content bytes | checksum |");
    assertEquals(12, rows.size());
    for (List<String> row : rows) {
      byte[] content = new byte[Integer.parseInt(row.get(1))];
      for (int i = 0; i < content.length; i++) {
        content[i] = (byte) i;
      }
      int key = Integer.parseUnsignedInt(row.get(0));
      int checksum = HexFormat.fromHexDigits(row.get(2));
      byte[] frame = frame(Integer.toUnsignedLong(key), content);
      int checksumAt = EventFrame.CONTENT_OFFSET + content.length;
      ByteBuffer numbers = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
      assertEquals(checksum, numbers.getInt(checksumAt), row::toString);
      assertEquals(checksum, BitwiseChecksum.of(key, content, 0, content.length), row::toString);
    }
  }

  @Test
  void whatIsCutShortIsNoFrameYet() throws IOException {
    for (List<String> row : rows("| bytes | needed |")) {
      byte[] bytes = HEX.parseHex(row.get(0));
      assertEquals(0, EventFrame.decode(bytes, 0, bytes.length), row::toString);
      int needed = EventFrame.neededBytes(bytes, 0, bytes.length);
      assertEquals(Integer.parseInt(row.get(1)), needed, row::toString);
    }
  }

  @Test
  void whatIsMalformedIsRefusedForTheReasonOfThePage() throws IOException {
    List<List<String>> rows = rows("| bytes | expected | found |");
    assertEquals(9, rows.size());
    for (List<String> row : rows) {
      byte[] bytes = HEX.parseHex(row.get(0));
      MalformedFrame malformed =
          assertThrows(
              MalformedFrame.class, () -> EventFrame.decode(bytes, 0, bytes.length), row::toString);
      assertEquals(row.get(1), malformed.expected());
      assertEquals(row.get(2), malformed.found());
    }
  }

  @Test
  void theExampleIsAFrame() throws IOException {
    StringBuilder hex = new StringBuilder();
    EXAMPLE.matcher(Files.readString(PAGE)).results().forEach(line -> hex.append(line.group(1)));
    byte[] frame = frame(258, new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    assertArrayEquals(frame, HEX.parseHex(hex.toString().strip()));
  }

  private static byte[] frame(long key, byte[] content) {
    byte[] event = new byte[Integer.BYTES + content.length];
    ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).putInt((int) key).put(content);
    byte[] frame = new byte[EventFrame.frameBytes(content.length)];
    assertEquals(frame.length, EventFrame.encode(event, 0, content.length, frame, 0));
    return frame;
  }

  /** The cells of the table with this header, without backquotes; a dash is nothing. */
  private static List<List<String>> rows(String header) throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int first = lines.indexOf(header) + 2;
    assertTrue(first > 1, () -> "no table " + header);
    List<List<String>> rows =
        lines.subList(first, lines.size()).stream()
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.asList(line.substring(1).split("\\|", -1)))
            .map(row -> row.stream().map(cell -> cell.replace("`", "").strip()).toList())
            .map(row -> row.stream().map(cell -> cell.equals("-") ? "" : cell).toList())
            .toList();
    assertTrue(!rows.isEmpty(), () -> "no rows under " + header);
    return rows;
  }
}
