package dev.varve.model;

import dev.varve.support.SuperblockFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** One way to damage a folder; places are thousandths of what is there. */
sealed interface Damaged {
  /** Damages the folder. */
  void apply(Path folder) throws IOException;

  /** One bit of one file. */
  record FlippedBit(int file, int place, int bit) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Path path = pick(folder, file);
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length > 0) {
        bytes[scale(place, bytes.length - 1)] ^= (byte) (1 << bit);
        Files.write(path, bytes);
      }
    }
  }

  /** A file that ends early. */
  record Truncated(int file, int place) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Path path = pick(folder, file);
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(bytes, scale(place, bytes.length)));
    }
  }

  /** A file that goes on behind its end. */
  record Extended(int file, int length, long seed) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Path path = pick(folder, file);
      byte[] bytes = Files.readAllBytes(path);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
      overwrite(longer, bytes.length, length, seed);
      Files.write(path, longer);
    }
  }

  /** A stretch of zeros (seed 0) or noise. */
  record Overwritten(int file, int place, int length, long seed) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Path path = pick(folder, file);
      byte[] bytes = Files.readAllBytes(path);
      overwrite(bytes, scale(place, bytes.length), length, seed);
      Files.write(path, bytes);
    }
  }

  /** Two files with each other's content. */
  record Swapped(int file, int other) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Path one = pick(folder, file);
      Path two = pick(folder, other);
      byte[] bytes = Files.readAllBytes(one);
      Files.write(one, Files.readAllBytes(two));
      Files.write(two, bytes);
    }
  }

  /** A file with an aligned stretch of another's content. */
  record Misplaced(int from, int to, int place, int target) implements Damaged {
    private static final int UNIT = 64;

    @Override
    public void apply(Path folder) throws IOException {
      byte[] source = Files.readAllBytes(pick(folder, from));
      Path path = pick(folder, to);
      byte[] bytes = Files.readAllBytes(path);
      int at = scale(place, source.length) / UNIT * UNIT;
      int onto = scale(target, bytes.length) / UNIT * UNIT;
      int length = Math.min(256, Math.min(source.length - at, bytes.length - onto));
      System.arraycopy(source, at, bytes, onto, length);
      Files.write(path, bytes);
    }
  }

  /** A file that is gone. */
  record Missing(int file) implements Damaged {
    @Override
    public void apply(Path folder) throws IOException {
      Files.delete(pick(folder, file));
    }
  }

  /** A file or folder that does not belong there. */
  record Foreign(int name, int length) implements Damaged {
    private static final List<String> NAMES =
        List.of(
            "f000000000000.sf",
            "f999999999999.sf",
            "f000000000001.sf",
            "f99999999999999999999.sf",
            "f-00000000512.sf",
            "f.sf",
            "superblock.new",
            "pool000000.free",
            "pool000007.free",
            "notes.txt");

    @Override
    public void apply(Path folder) throws IOException {
      Path path = folder.resolve(NAMES.get(name % NAMES.size()));
      if (length % 7 == 0 && !Files.exists(path)) {
        Files.createDirectory(path);
      } else if (!Files.isDirectory(path)) {
        byte[] bytes = new byte[length];
        overwrite(bytes, 0, length, length);
        Files.write(path, bytes);
      }
    }
  }

  /** A superblock with a field of somebody's choice and checks that hold. */
  record ForgedSuperblock(int field, int value, boolean both) implements Damaged {
    private static final List<Integer> INTS =
        List.of(
            SuperblockFields.VERSION,
            SuperblockFields.KIND,
            SuperblockFields.LOG_ID,
            SuperblockFields.BLOCK_SIZE,
            SuperblockFields.SEGMENT_SIZE);
    private static final List<Integer> LONGS =
        List.of(
            SuperblockFields.SEQUENCE,
            SuperblockFields.BASE,
            SuperblockFields.TAIL,
            SuperblockFields.MARK,
            SuperblockFields.CLEAN_END);
    private static final List<Long> VALUES =
        List.of(
            -1L,
            0L,
            1L,
            24L,
            256L,
            512L,
            1024L,
            5120L,
            1L << 20,
            1L << 40,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 511,
            Long.MIN_VALUE);

    @Override
    public void apply(Path folder) throws IOException {
      Path file = folder.resolve("superblock");
      if (!Files.exists(file) || Files.size(file) != 2 * SuperblockFields.COPY_BYTES) {
        return;
      }
      SuperblockFields fields = new SuperblockFields(folder);
      long forged = VALUES.get(value % VALUES.size());
      int newer = fields.newer();
      for (int copy = 0; copy < 2; copy++) {
        if (!both && copy != newer) {
          continue;
        }
        int index = field % (INTS.size() + LONGS.size());
        if (index < INTS.size()) {
          fields.setInt(copy, INTS.get(index), (int) forged);
        } else {
          fields.setLong(copy, LONGS.get(index - INTS.size()), forged);
        }
      }
      fields.write();
    }
  }

  private static void overwrite(byte[] bytes, int from, int length, long seed) {
    byte[] noise = new byte[Math.min(length, bytes.length - from)];
    if (seed != 0) {
      new Random(seed).nextBytes(noise);
    }
    System.arraycopy(noise, 0, bytes, from, noise.length);
  }

  private static int scale(int thousandth, int size) {
    return (int) ((long) size * thousandth / 1000);
  }

  /** A regular file of the folder; there is always one, for the locks are never damaged. */
  private static Path pick(Path folder, int thousandth) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted =
          files.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
      return sorted.get(scale(thousandth, sorted.size() - 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
