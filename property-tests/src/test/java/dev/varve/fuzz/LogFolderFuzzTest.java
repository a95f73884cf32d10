package dev.varve.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.varve.segment.CheckKind;
import dev.varve.support.FolderCopy;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole folder: the input is a sequence of files, {@code u8 name | u16 length | bytes}, that
 * replace those of a log, of either kind as the first byte says, or that come beside them.
 */
class LogFolderFuzzTest {
  private static final List<String> NAMES =
      List.of(
          "superblock",
          "f000000000000.sf",
          "f000000000512.sf",
          "f000000001024.sf",
          "f000000001536.sf",
          "f999999999744.sf",
          "f000000000001.sf",
          "f.sf",
          "superblock.new",
          "pool000000.free",
          "notes.txt");
  private static final List<FolderCopy> WHOLE =
      List.of(
          LogFolders.whole(CheckKind.CRC32C),
          LogFolders.whole(CheckKind.MD5),
          new FolderCopy(Map.of()));

  static Stream<byte[]> seeds() {
    return Stream.of(0, 1, 2).map(LogFolderFuzzTest::seed);
  }

  private static byte[] seed(int kind) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.write(kind);
    WHOLE.get(kind % 2).files().forEach((name, bytes) -> add(input, NAMES.indexOf(name), bytes));
    return input.toByteArray();
  }

  private static void add(ByteArrayOutputStream input, int name, byte[] bytes) {
    if (name >= 0) {
      input.write(name);
      input.write(bytes.length);
      input.write(bytes.length >> 8);
      input.writeBytes(bytes);
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void anyFilesAreALogOrATypedFailure(byte[] input) {
    FolderCopy folder = WHOLE.get(input.length == 0 ? 0 : (input[0] & 0xFF) % WHOLE.size());
    int at = 1;
    while (at + 3 <= input.length) {
      String name = NAMES.get((input[at] & 0xFF) % NAMES.size());
      int length = (input[at + 1] & 0xFF) | (input[at + 2] & 0xFF) << 8;
      int limit = Math.min(input.length, at + 3 + length);
      folder = folder.with(name, Arrays.copyOfRange(input, at + 3, limit));
      at = limit;
    }
    LogFolders.check(input, LogFolders.CONSTANT, folder);
  }
}
