package dev.varve.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.WritePath;
import dev.varve.support.CrcFormat;
import dev.varve.support.FolderBytes;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine writes is what the page of the format says, read by a program of its own. */
final class CrcFormatTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private List<CrcFormat.Frame> frames() throws IOException {
    SuperblockFields superblock = new SuperblockFields(folder);
    return new CrcFormat(TestLogs.TINY_BLOCK, superblock.logId())
        .read(folder, superblock.newest(SuperblockFields.TAIL));
  }

  private static List<AppendedRecord> write(SegmentLog log, int seed) {
    List<AppendedRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(TestLogs.append(log, seed, i, Payloads.number(seed, i, 230)));
      if (i % 9 == 0) {
        records.add(TestLogs.append(log, seed, 100 + i, 200 + i * 40));
        records.addAll(
            TestLogs.appendBatch(
                log,
                List.of(
                    Payloads.bytes(seed, 200 + i, 30),
                    Payloads.bytes(seed, 300 + i, 700),
                    new byte[0],
                    Payloads.bytes(seed, 400 + i, i))));
      }
    }
    return records;
  }

  @ParameterizedTest
  @EnumSource
  void aForeignReaderReadsWhatWasAppended(WritePath path) throws IOException {
    LogOptions options = TestLogs.tiny().withWritePath(path);
    List<AppendedRecord> records;
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      records = write(log, 1);
    }
    assertSame(records, CrcFormat.records(frames()));
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      records.addAll(write(log, 2));
      log.dropBefore(records.get(30).position());
      records = new ArrayList<>(TestLogs.content(log));
      records.addAll(write(log, 3));
    }
    assertSame(records, CrcFormat.records(frames()));
  }

  private static void assertSame(List<AppendedRecord> expected, List<AppendedRecord> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).position(), found.get(i).position());
      assertArrayEquals(expected.get(i).payload(), found.get(i).payload());
    }
  }

  @ParameterizedTest
  @EnumSource
  void unitsEndWithTheFrameThatDoesNotContinue(WritePath path) throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withWritePath(path))) {
      TestLogs.append(log, 1, 0, 10);
      TestLogs.appendBatch(log, List.of(new byte[5], new byte[6], new byte[7]));
      TestLogs.append(log, 1, 1, 600);
      TestLogs.append(log, 1, 2, 20);
    }
    List<Boolean> continues = new ArrayList<>();
    List<Integer> kinds = new ArrayList<>();
    for (CrcFormat.Frame frame : frames()) {
      if (frame.kind() == CrcFormat.WHOLE) {
        continues.add(frame.continues());
      } else {
        assertEquals(frame.kind() != CrcFormat.LAST, frame.continues(), frame::toString);
      }
      kinds.add(frame.kind());
    }
    assertEquals(List.of(false, true, true, false, false), continues);
    assertEquals(1, kinds.stream().filter(kind -> kind == CrcFormat.FIRST).count());
    assertEquals(1, kinds.stream().filter(kind -> kind == CrcFormat.LAST).count());
    assertTrue(kinds.contains(CrcFormat.MIDDLE));
  }

  @ParameterizedTest
  @EnumSource
  void whatFitsABlockIsNeverFragmented(WritePath path) throws IOException {
    int longest = TestLogs.longestWhole(TestLogs.TINY_BLOCK);
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withWritePath(path))) {
      for (int length = 0; length <= longest; length++) {
        TestLogs.append(log, 1, length, length);
      }
    }
    List<CrcFormat.Frame> frames = frames();
    assertEquals(longest + 1, frames.size());
    assertTrue(frames.stream().allMatch(frame -> frame.kind() == CrcFormat.WHOLE));
  }

  /** A mark says what was durable: never more than the end, and it moves as segments are synced. */
  @ParameterizedTest
  @EnumSource
  void marksNeverGoBackAndComeToFollow(WritePath path) throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withWritePath(path))) {
      for (int i = 0; i < 30; i++) {
        TestLogs.append(log, 1, i, 60);
        log.sync();
      }
    }
    long mark = 0;
    for (CrcFormat.Frame frame : frames()) {
      assertTrue(frame.mark() >= mark && frame.mark() <= frame.position(), frame::toString);
      mark = frame.mark();
    }
    assertTrue(mark > 0, "every append before the last one was synced");
  }

  @ParameterizedTest
  @EnumSource
  void filesAreAsLongAsASegmentAndNamedByTheirStart(WritePath path) throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny().withWritePath(path))) {
      TestLogs.fill(log, 1, 60, 200);
    }
    long expected = 0;
    for (Path segment : FolderBytes.segments(folder)) {
      assertEquals(expected, FolderBytes.start(segment));
      assertEquals(TestLogs.TINY_SEGMENT, Files.size(segment));
      expected += TestLogs.TINY_SEGMENT;
    }
    assertEquals(2 * SuperblockFields.COPY_BYTES, Files.size(folder.resolve("superblock")));
  }
}
