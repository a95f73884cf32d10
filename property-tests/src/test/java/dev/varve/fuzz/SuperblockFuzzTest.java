package dev.varve.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.segment.CheckKind;
import dev.varve.support.FolderCopy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The superblock: two copies whose fields are the input, with checks that hold where the first byte
 * says so, beside the segments of a whole log.
 */
class SuperblockFuzzTest {
  private static final int COPY = 4096;
  private static final int FIELDS = 120;

  /** A forged mark makes a reader look for 1,024 files, and report each; no more than that. */
  private static final long CONSTANT = 128 << 20;

  private static final String NAME = "superblock";
  private static final FolderCopy WHOLE = LogFolders.whole(CheckKind.CRC32C);

  static Stream<byte[]> seeds() {
    byte[] file = WHOLE.file(NAME);
    byte[] both = new byte[1 + 2 * FIELDS];
    System.arraycopy(file, 0, both, 1, FIELDS);
    System.arraycopy(file, COPY, both, 1 + FIELDS, FIELDS);
    byte[] checked = both.clone();
    checked[0] = 3;
    return Stream.of(both, checked, Arrays.copyOf(checked, 1 + FIELDS));
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFieldsAreALogOrATypedFailure(byte[] input) {
    byte[] file = new byte[2 * COPY];
    int given = Math.max(0, input.length - 1);
    System.arraycopy(input, input.length - given, file, 0, Math.min(given, FIELDS));
    if (given > FIELDS) {
      System.arraycopy(input, 1 + FIELDS, file, COPY, Math.min(given - FIELDS, FIELDS));
    }
    for (int copy = 0; copy < 2; copy++) {
      if (input.length > 0 && (input[0] >> copy & 1) == 1) {
        check(file, copy * COPY);
      }
    }
    LogFolders.check(input, CONSTANT, WHOLE.with(NAME, file));
  }

  private static void check(byte[] file, int at) {
    CRC32C crc = new CRC32C();
    crc.update(file, at, COPY - Integer.BYTES);
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(at + COPY - Integer.BYTES, (int) crc.getValue());
  }
}
