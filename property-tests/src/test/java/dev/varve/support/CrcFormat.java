package dev.varve.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.AppendedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The CRC kind of the segment format from its page alone: reads a folder strictly, and makes frames
 * with any fields whose check holds.
 */
public final class CrcFormat {
  /** Bytes before a frame's payload. */
  public static final int HEADER = 24;

  /** Kinds, as bits 24 and 25 of a slot have them. */
  public static final int WHOLE = 0;

  public static final int FIRST = 1;
  public static final int MIDDLE = 2;
  public static final int LAST = 3;

  private static final int SLOT = 4;
  private static final int SIZE_MASK = (1 << 24) - 1;
  private static final int CONTINUES = 1 << 26;
  private static final int CRC_OFFSET = 8;
  private static final int BACK_OFFSET = 12;
  private static final int MARK_OFFSET = 16;

  private final int blockSize;
  private final int logSeed;
  private long oldest;

  /** The format of a log with this block size and identity. */
  public CrcFormat(int blockSize, byte[] logId) {
    this.blockSize = blockSize;
    CRC32C crc = new CRC32C();
    crc.update(logId);
    logSeed = (int) crc.getValue();
  }

  /** A frame as laid out: {@code slotPosition} is the address of its size. */
  public record Frame(
      long position, long slotPosition, int slot, int back, long mark, ByteBuffer payload) {

    /** The frame's size, header included. */
    public int size() {
      return slot & SIZE_MASK;
    }

    /** {@link #WHOLE}, {@link #FIRST}, {@link #MIDDLE} or {@link #LAST}. */
    public int kind() {
      return slot >>> 24 & 3;
    }

    /** Whether the atomic unit goes on behind this frame. */
    public boolean continues() {
      return (slot & CONTINUES) != 0;
    }
  }

  /** The slot of a frame. */
  public static int slot(int payloadLength, int kind, boolean continues) {
    return HEADER + payloadLength | kind << 24 | (continues ? CONTINUES : 0);
  }

  /** All frames of the folder from a position on; fails at the first byte that the page forbids. */
  public List<Frame> read(Path folder, long tail) throws IOException {
    List<Frame> frames = new ArrayList<>();
    oldest = tail;
    for (Path segment : FolderBytes.segments(folder)) {
      byte[] file = Files.readAllBytes(segment);
      for (int block = 0; block < file.length; block += blockSize) {
        ByteBuffer bytes = ByteBuffer.wrap(file, block, blockSize).slice();
        readBlock(bytes.order(ByteOrder.LITTLE_ENDIAN), FolderBytes.start(segment) + block, frames);
      }
    }
    frames.removeIf(frame -> frame.position() < tail);
    return frames;
  }

  /** The frames at the front of a block, up to the first byte that the page forbids. */
  public List<Frame> front(ByteBuffer block, long start) {
    List<Frame> frames = new ArrayList<>();
    try {
      readBlock(block.order(ByteOrder.LITTLE_ENDIAN), start, frames);
    } catch (AssertionError forbidden) {
      return frames;
    }
    return frames;
  }

  private void readBlock(ByteBuffer block, long start, List<Frame> frames) {
    int at = 0;
    int slotAt = blockSize - SLOT;
    for (; block.getInt(slotAt) != 0; slotAt -= SLOT) {
      Frame frame = readFrame(block, start, at, slotAt);
      if (!frames.isEmpty() && frames.getLast().position() >= oldest) {
        assertEquals(
            frame.position() - frames.getLast().position(), frame.back(), "back of " + frame);
      }
      frames.add(frame);
      at += frame.size();
      assertTrue(slotAt - SLOT >= at, () -> "no room for a terminator behind " + frame);
    }
    for (; at < slotAt; at++) {
      assertEquals(0, block.get(at), "padding at " + (start + at));
    }
  }

  private Frame readFrame(ByteBuffer block, long start, int at, int slotAt) {
    int slot = block.getInt(slotAt);
    int size = slot & SIZE_MASK;
    assertEquals(0, slot >>> 27, "reserved bits of the slot at " + (start + slotAt));
    assertTrue(size >= HEADER && at + size <= slotAt, "size of the slot at " + (start + slotAt));
    Frame frame =
        new Frame(
            block.getLong(at),
            start + slotAt,
            slot,
            block.getInt(at + BACK_OFFSET),
            block.getLong(at + MARK_OFFSET),
            block.slice(at + HEADER, size - HEADER));
    assertEquals(start + at, frame.position(), "position of " + frame);
    assertEquals(
        crc(block.slice(at, size), slot), block.getInt(at + CRC_OFFSET), "CRC of " + frame);
    assertTrue(frame.mark() >= 0 && frame.mark() <= frame.position(), "mark of " + frame);
    return frame;
  }

  private int crc(ByteBuffer frame, int slot) {
    byte[] covered = new byte[frame.remaining()];
    frame.get(0, covered);
    ByteBuffer.wrap(covered).order(ByteOrder.LITTLE_ENDIAN).putInt(CRC_OFFSET, logSeed ^ slot);
    CRC32C crc = new CRC32C();
    crc.update(covered);
    return (int) crc.getValue();
  }

  /** Puts a frame with these fields, whatever they are, and a check that holds into a block. */
  public void put(
      ByteBuffer block, int at, int slotAt, long position, int back, long mark, int slot) {
    block.order(ByteOrder.LITTLE_ENDIAN);
    int size = Math.min(slot & SIZE_MASK, block.capacity() - at);
    block.putLong(at, position).putInt(at + BACK_OFFSET, back).putLong(at + MARK_OFFSET, mark);
    block.putInt(at + CRC_OFFSET, crc(block.slice(at, size), slot));
    block.putInt(slotAt, slot);
  }

  /** The records of whole atomic units, fragments put together. */
  public static List<AppendedRecord> records(List<Frame> frames) {
    List<AppendedRecord> records = new ArrayList<>();
    @Nullable ByteArrayOutputStream fragments = null;
    long start = 0;
    for (Frame frame : frames) {
      byte[] payload = new byte[frame.payload().remaining()];
      frame.payload().get(0, payload);
      boolean opens = frame.kind() == WHOLE || frame.kind() == FIRST;
      assertEquals(opens, fragments == null, "kind of " + frame);
      if (fragments == null) {
        fragments = new ByteArrayOutputStream();
        start = frame.position();
      }
      fragments.writeBytes(payload);
      if (frame.kind() == WHOLE || frame.kind() == LAST) {
        records.add(new AppendedRecord(start, fragments.toByteArray()));
        fragments = null;
      } else {
        assertTrue(frame.continues(), "a fragment with more behind it continues: " + frame);
      }
    }
    assertTrue(fragments == null, "the last record has no last fragment");
    return records;
  }
}
