package dev.varve.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.segment.CheckKind;
import dev.varve.support.CrcFormat;
import dev.varve.support.FolderBytes;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Blocks of a log: the segments are the input, and every frame that its slot leads to has a check
 * that holds, so that slots, positions, distances and marks of any value are met.
 */
class LogBlocksFuzzTest {
  private static final int BLOCK = TestLogs.TINY_BLOCK;
  private static final int SEGMENT = TestLogs.TINY_SEGMENT;
  private static final int SLOT = 4;
  private static final int SIZE_MASK = (1 << 24) - 1;
  private static final int LOG_ID = 16;
  private static final FolderCopy WHOLE = LogFolders.whole(CheckKind.CRC32C);
  private static final List<String> SEGMENTS =
      WHOLE.files().keySet().stream().filter(name -> name.endsWith(".sf")).toList();
  private static final CrcFormat FORMAT = new CrcFormat(BLOCK, logId());

  private static byte[] logId() {
    byte[] superblock = WHOLE.file("superblock");
    return Arrays.copyOfRange(superblock, LOG_ID, 2 * LOG_ID);
  }

  static Stream<byte[]> seeds() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    SEGMENTS.forEach(name -> all.writeBytes(WHOLE.file(name)));
    return Stream.of(all.toByteArray(), Arrays.copyOf(all.toByteArray(), BLOCK));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFramesAreRecordsOrATypedFailure(byte[] input) {
    FolderCopy folder = WHOLE;
    for (int i = 0; i < SEGMENTS.size(); i++) {
      byte[] segment = new byte[SEGMENT];
      int given = Math.clamp(input.length - (long) i * SEGMENT, 0, SEGMENT);
      System.arraycopy(input, Math.min(i * SEGMENT, input.length), segment, 0, given);
      String name = SEGMENTS.get(i);
      for (int at = 0; at < SEGMENT; at += BLOCK) {
        repair(ByteBuffer.wrap(segment, at, BLOCK).slice(), FolderBytes.start(Path.of(name)) + at);
      }
      folder = folder.with(name, segment);
    }
    LogFolders.check(input, LogFolders.CONSTANT, folder);
  }

  /** Position and check are what they should be, the rest is as the input has it. */
  private static void repair(ByteBuffer block, long start) {
    block.order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (int slotAt = BLOCK - SLOT; slotAt >= at; slotAt -= SLOT) {
      int slot = block.getInt(slotAt);
      int size = slot & SIZE_MASK;
      if (size < CrcFormat.HEADER || at + size > slotAt) {
        return;
      }
      long position = start + at;
      FORMAT.put(block, at, slotAt, position, block.getInt(at + 12), block.getLong(at + 16), slot);
      at += size;
    }
  }
}
