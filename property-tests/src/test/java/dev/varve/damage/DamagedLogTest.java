package dev.varve.damage;

import dev.varve.kit.disk.Simulation;
import dev.varve.segment.CheckKind;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import dev.varve.support.Tried;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever single thing happens to the bytes of a log with CRC checks: the original content, a
 * typed failure with the bytes untouched, or a cut that is reported (P3, P10). {@link DamageJudge}
 * says which. {@code BitFlipTest} flips the bits of a closed log for readers, {@code
 * SuperblockDamageTest} and {@code HostileBytesProperties} damage the superblock.
 */
class DamagedLogTest {
  private static final int BLOCK = TestLogs.TINY_BLOCK;

  /** Held, so that its level stays: each cut would be told. */
  private static final Logger LOGGER = Logger.getLogger("dev.varve.segment.SegmentLog");

  /** How the session that wrote the log ended. */
  enum End {
    CLOSED,
    POWER_LOSS;

    FolderCopy of(SmallLog log) {
      return this == CLOSED ? log.closed() : log.open();
    }
  }

  /** One way of damaging a folder in many places. */
  private interface Damager {
    void damage(SmallLog log, FolderCopy whole, DamageJudge judge);
  }

  private static void run(End end, Damager damager) throws InterruptedException {
    LOGGER.setLevel(Level.WARNING);
    int judged =
        Simulation.call(
            () -> {
              SmallLog log = SmallLog.write(CheckKind.CRC32C);
              FolderCopy whole = end.of(log);
              DamageJudge judge = new DamageJudge(log, whole);
              judge.judge(whole, "no damage");
              damager.damage(log, whole, judge);
              return judge.judged();
            });
    Tried.add("damaged logs", judged);
  }

  private static List<String> segments(FolderCopy folder) {
    return folder.files().keySet().stream().filter(name -> name.endsWith(".sf")).toList();
  }

  private static FolderCopy overwritten(FolderCopy folder, String name, int at, byte[] with) {
    byte[] bytes = folder.file(name).clone();
    System.arraycopy(with, 0, bytes, at, with.length);
    return folder.with(name, bytes);
  }

  @ParameterizedTest
  @EnumSource
  void everyBitMayFlip(End end) throws InterruptedException {
    run(
        end,
        (log, whole, judge) -> {
          for (String name : segments(whole)) {
            for (int bit = 0; bit < 8 * whole.file(name).length; bit++) {
              byte flipped = (byte) (whole.file(name)[bit / 8] ^ 1 << bit % 8);
              FolderCopy damaged = overwritten(whole, name, bit / 8, new byte[] {flipped});
              judge.judge(damaged, "%s bit %d".formatted(name, bit));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void everySectorAndBlockAndFileMayBeZeroOrGone(End end) throws InterruptedException {
    run(
        end,
        (log, whole, judge) -> {
          for (String name : segments(whole)) {
            for (int sector : new int[] {8, 64, BLOCK, TestLogs.TINY_SEGMENT}) {
              for (int at = 0; at < TestLogs.TINY_SEGMENT; at += sector) {
                FolderCopy damaged = overwritten(whole, name, at, new byte[sector]);
                judge.judge(damaged, "%s zero from %d for %d".formatted(name, at, sector));
              }
            }
            judge.judge(whole.without(name), name + " gone");
            judge.judge(whole.with(name, new byte[0]), name + " empty");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void blocksAndSegmentsMayBeSwappedOrRepeated(End end) throws InterruptedException {
    run(
        end,
        (log, whole, judge) -> {
          for (int size : new int[] {BLOCK, TestLogs.TINY_SEGMENT}) {
            List<Piece> pieces = pieces(whole, size);
            for (Piece one : pieces) {
              for (Piece other : pieces) {
                FolderCopy repeated = overwritten(whole, one.name, one.at, other.bytes);
                judge.judge(repeated, "%s again at %s".formatted(other, one));
                FolderCopy swapped = overwritten(repeated, other.name, other.at, one.bytes);
                judge.judge(swapped, "%s and %s swapped".formatted(one, other));
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void blocksAndSegmentsMayBeOlderOrOfAnotherLog(End end) throws InterruptedException {
    run(
        end,
        (log, whole, judge) -> {
          SmallLog foreign = SmallLog.writeForeign(CheckKind.CRC32C);
          for (FolderCopy source : List.of(log.older(), end.of(foreign))) {
            for (int size : new int[] {BLOCK, TestLogs.TINY_SEGMENT}) {
              for (Piece piece : pieces(source, size)) {
                if (whole.files().containsKey(piece.name)) {
                  FolderCopy damaged = overwritten(whole, piece.name, piece.at, piece.bytes);
                  judge.judge(damaged, piece + " is spliced in");
                }
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void filesMayGoOnBehindTheirEnd(End end) throws InterruptedException {
    run(
        end,
        (log, whole, judge) -> {
          String next = "f%012d.sf".formatted(segments(whole).size() * TestLogs.TINY_SEGMENT);
          for (String name : segments(whole)) {
            byte[] old = whole.file(name);
            for (int more : new int[] {1, 64, BLOCK, old.length}) {
              byte[] zeros = Arrays.copyOf(old, old.length + more);
              judge.judge(whole.with(name, zeros), "%s with %d zeros".formatted(name, more));
              byte[] again = zeros.clone();
              System.arraycopy(old, 0, again, old.length, more);
              judge.judge(whole.with(name, again), "%s with %d old".formatted(name, more));
              judge.judge(whole.with(next, Arrays.copyOf(old, more)), name + " again as " + next);
            }
          }
        });
  }

  /** A block or segment of a folder. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(String name, int at, byte[] bytes) {
    @Override
    public String toString() {
      return "%s from %d for %d".formatted(name, at, bytes.length);
    }
  }

  private static List<Piece> pieces(FolderCopy folder, int size) {
    return segments(folder).stream()
        .flatMap(
            name ->
                IntStream.range(0, folder.file(name).length / size)
                    .mapToObj(i -> piece(folder, name, i * size, size)))
        .toList();
  }

  private static Piece piece(FolderCopy folder, String name, int at, int size) {
    return new Piece(name, at, Arrays.copyOfRange(folder.file(name), at, at + size));
  }
}
