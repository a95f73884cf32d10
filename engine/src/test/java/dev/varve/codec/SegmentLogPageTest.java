package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of {@code docs/formats/segment-log.md}, read from the page. */
class SegmentLogPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("varve.root", ".."), "docs/formats/segment-log.md");
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] LOG_ID = HEX.parseHex("000102030405060708090a0b0c0d0e0f");

  @Test
  void everyCrc32cVectorIsWrittenAndRecognized() throws IOException {
    List<List<String>> rows = rows("| position | slot | back | mark | payload | frame |");
    assertEquals(7, rows.size());
    for (List<String> row : rows) {
      int slot = HexFormat.fromHexDigits(row.get(1));
      int back = Integer.parseInt(row.get(2));
      long mark = Long.parseLong(row.get(3));
      byte[] frame =
          assertFrame(
              new Crc32cCheck(LOG_ID), row.get(0), slot, back, mark, row.get(4), row.get(5));
      assertEquals(back, Crc32cCheck.back(frame, 0));
      assertEquals(mark, Crc32cCheck.mark(frame, 0));
      assertTrue(!new Crc32cCheck(new byte[16]).matches(frame, 0, frame.length, slot));
    }
  }

  @Test
  void everyMd5VectorIsWrittenAndRecognized() throws IOException {
    List<List<String>> rows = rows("| position | slot | payload | frame |");
    assertEquals(3, rows.size());
    for (List<String> row : rows) {
      int slot = HexFormat.fromHexDigits(row.get(1));
      byte[] ignored = assertFrame(new Md5Check(), row.get(0), slot, 0, 0, row.get(2), row.get(3));
    }
  }

  private static byte[] assertFrame(
      RecordCheck check,
      String position,
      int slot,
      int back,
      long mark,
      String payloadHex,
      String expectedHex) {
    byte[] payload = HEX.parseHex(payloadHex);
    byte[] frame = new byte[RecordCheck.HEADER_BYTES + payload.length];
    assertEquals(frame.length, slot & 0xFFFFFF);
    check.begin(Long.parseLong(position), slot, back, mark);
    check.update(ByteBuffer.wrap(payload));
    check.finish(MemorySegment.ofArray(frame), 0);
    System.arraycopy(payload, 0, frame, RecordCheck.HEADER_BYTES, payload.length);
    assertEquals(expectedHex, HEX.formatHex(frame));
    assertTrue(check.matches(frame, 0, frame.length, slot));
    return frame;
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
