package dev.varve.format;

import dev.varve.kit.AppendedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The seed's storage layout from its text alone, as another program would write it: blocks are
 * filled to the last byte where records fit so, and the first size that is 0 ends a block.
 */
final class SeedFormat {
  private static final int HEADER = Long.BYTES + 16;

  private final int blockSize;
  private final int segmentSize;
  private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
  private long block;
  private int used;
  private int count;

  /** A log whose first file starts at {@code base}. */
  SeedFormat(int blockSize, int segmentSize, long base) {
    this.blockSize = blockSize;
    this.segmentSize = segmentSize;
    this.block = base;
  }

  /** Appends a record where it fits exactly or with room to spare, else to the next block. */
  AppendedRecord append(byte[] payload) {
    int size = HEADER + payload.length;
    if (used + size + Integer.BYTES * (count + 1) > blockSize) {
      nextBlock();
    }
    byte[] content = blocks.computeIfAbsent(block, _ -> new byte[blockSize]);
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long position = block + used;
    bytes.putLong(used, position).put(used + Long.BYTES, md5(payload));
    bytes.put(used + HEADER, payload);
    bytes.putInt(blockSize - Integer.BYTES * (count + 1), size);
    used += size;
    count++;
    return new AppendedRecord(position, payload);
  }

  /** Leaves the rest of the current block as padding. */
  void nextBlock() {
    block += blockSize;
    used = 0;
    count = 0;
  }

  /** Bytes of the current block between the last record and the lowest size. */
  int gap() {
    return blockSize - used - Integer.BYTES * count;
  }

  /** Writes the files; with {@code emptyFile} also the one behind them, which holds nothing. */
  void write(Path folder, boolean emptyFile) {
    long first = blocks.firstKey() / segmentSize * segmentSize;
    long last = blocks.lastKey() / segmentSize * segmentSize + (emptyFile ? segmentSize : 0);
    for (long start = first; start <= last; start += segmentSize) {
      byte[] file = new byte[segmentSize];
      for (Map.Entry<Long, byte[]> each : blocks.subMap(start, start + segmentSize).entrySet()) {
        System.arraycopy(each.getValue(), 0, file, (int) (each.getKey() - start), blockSize);
      }
      try {
        Files.write(folder.resolve("f%012d.sf".formatted(start)), file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads a segment file's records, each checked against its position and hash. */
  static List<AppendedRecord> read(byte[] file, long start, int blockSize) {
    List<AppendedRecord> records = new ArrayList<>();
    for (int block = 0; block < file.length; block += blockSize) {
      ByteBuffer bytes = ByteBuffer.wrap(file, block, blockSize).slice();
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      int at = 0;
      for (int slot = blockSize - Integer.BYTES; slot >= at; slot -= Integer.BYTES) {
        int size = bytes.getInt(slot);
        if (size == 0) {
          break;
        }
        byte[] hash = new byte[16];
        byte[] payload = new byte[size - HEADER];
        bytes.get(at + Long.BYTES, hash).get(at + HEADER, payload);
        if (bytes.getLong(at) != start + block + at || !Arrays.equals(hash, md5(payload))) {
          throw new AssertionError("no record at " + (start + block + at));
        }
        records.add(new AppendedRecord(start + block + at, payload));
        at += size;
      }
    }
    return records;
  }

  private static byte[] md5(byte[] payload) {
    try {
      return MessageDigest.getInstance("MD5").digest(payload);
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has MD5", e);
    }
  }
}
