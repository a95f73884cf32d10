package dev.varve.damage;

import dev.varve.kit.ScratchFolder;
import dev.varve.support.CrcFormat;
import dev.varve.support.FolderCopy;
import dev.varve.support.SuperblockFields;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What each byte of a log with CRC checks belongs to, by the page of the format alone. */
final class Anatomy {
  private static final int NOTHING = Integer.MAX_VALUE;
  private static final int SLOT = 4;

  private final int[] unitOf;
  private final List<Long> unitEnds = new ArrayList<>();
  private final List<CrcFormat.Frame> frames;
  private final long mark;

  private Anatomy(List<CrcFormat.Frame> frames, int bytes, long mark) {
    this.frames = frames;
    this.mark = mark;
    this.unitOf = new int[bytes];
    Arrays.fill(unitOf, NOTHING);
    for (int i = 0; i < frames.size(); i++) {
      CrcFormat.Frame frame = frames.get(i);
      put((int) frame.position(), frame.size());
      put((int) frame.slotPosition(), SLOT);
      if (!frame.continues()) {
        unitEnds.add(frame.position() + frame.size());
      }
      if (i + 1 == frames.size() || block(frames.get(i + 1)) != block(frame)) {
        put((int) frame.slotPosition() - SLOT, SLOT);
      }
    }
  }

  private static long block(CrcFormat.Frame frame) {
    return frame.position() / TestLogs.TINY_BLOCK;
  }

  private void put(int from, int length) {
    Arrays.fill(unitOf, from, from + length, unitEnds.size());
  }

  static Anatomy of(FolderCopy folder) throws IOException {
    try (ScratchFolder scratch = ScratchFolder.quick()) {
      Path path = SmallLog.write(folder, scratch);
      SuperblockFields superblock = new SuperblockFields(path);
      byte[] id = superblock.logId();
      List<CrcFormat.Frame> frames = new CrcFormat(TestLogs.TINY_BLOCK, id).read(path, 0);
      long mark = superblock.newest(SuperblockFields.MARK);
      long end = superblock.newest(SuperblockFields.CLEAN_END);
      int segments = folder.files().size() - 1;
      return new Anatomy(frames, segments * TestLogs.TINY_SEGMENT, Math.max(mark, end));
    }
  }

  /** Where the atomic units end, in order. */
  List<Long> unitEnds() {
    return unitEnds;
  }

  /** Everything below was proven by the superblock: opening does not look there. */
  long mark() {
    return mark;
  }

  /** Everything below is proven by the superblock or by some frame of the whole log. */
  long proven() {
    return Math.max(mark, frames.stream().mapToLong(CrcFormat.Frame::mark).max().orElse(0));
  }

  /** What is still proven when these bytes are not what they were. */
  long stillProven(BitSet changed) {
    long proof = mark;
    for (CrcFormat.Frame frame : frames) {
      int block = (int) block(frame) * TestLogs.TINY_BLOCK;
      int next = changed.nextSetBit(block);
      if (next < 0 || next >= block + TestLogs.TINY_BLOCK) {
        proof = Math.max(proof, frame.mark());
      }
    }
    return proof;
  }

  /** Where a unit begins: the end of the one before. */
  long unitStart(int unit) {
    return unit == 0 ? 0 : unitEnds.get(unit - 1);
  }

  /** The first unit from a position on that has a changed byte; their number if none has. */
  int firstChanged(BitSet changed, long from) {
    int first = unitEnds.size();
    for (int at = changed.nextSetBit(0); at >= 0; at = changed.nextSetBit(at + 1)) {
      int unit = at < unitOf.length ? unitOf[at] : NOTHING;
      if (unit < first && unitStart(unit) >= from) {
        first = unit;
      }
    }
    return first;
  }

  /** Whether only bytes have changed that stand for nothing: no check covers the padding. */
  boolean isPadding(BitSet changed) {
    return changed.stream().allMatch(at -> at >= unitOf.length || unitOf[at] == NOTHING);
  }

  /** Whether bytes behind the end, other than slots of what is kept, are not zero. */
  boolean anythingBehind(long end, byte[] bytes) {
    for (int at = (int) end; at < bytes.length; at++) {
      if (bytes[at] != 0 && !isSlotBelow(end, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSlotBelow(long end, int at) {
    return frames.stream()
        .anyMatch(
            f -> f.position() < end && at >= f.slotPosition() && at < f.slotPosition() + SLOT);
  }
}
