package dev.varve.segment;

import dev.varve.codec.RecordCheck;
import java.lang.foreign.MemorySegment;

/**
 * Lays down frames behind the last one, block by block and segment by segment: the one place where
 * a log's bytes come from.
 *
 * <p>A frame is covered, stored, and only then its size slot: {@code INV-1} a slot that is not zero
 * stands for a frame whose bytes were all stored before it. Confined to the appender's monitor; the
 * mark comes from anywhere.
 */
final class FrameWriter {
  private final Geometry geometry;
  private final RecordCheck check;
  private final Segments segments;

  private Segment active;
  private MemorySegment memory;
  private long segmentStart;
  private int frameAt;
  private int slotAt;
  private int blockEnd;
  private long lastFrame;
  private boolean stored;
  private volatile long mark;

  /** Where the segment comes from that follows a full one. */
  interface Segments {
    Segment next(Segment full);
  }

  /**
   * @param active the segment that holds the end
   * @param framesInBlock how many frames the block of the end has
   */
  FrameWriter(
      Geometry geometry,
      Segments segments,
      Segment active,
      Recovery.Verdict start,
      int framesInBlock) {
    this.geometry = geometry;
    this.check = geometry.check().newCheck(geometry.logId());
    this.segments = segments;
    this.active = active;
    this.memory = target(active);
    this.segmentStart = active.start();
    this.frameAt = (int) (start.end() - segmentStart);
    this.blockEnd = (int) (geometry.blockStart(start.end()) - segmentStart) + geometry.blockSize();
    this.slotAt = blockEnd - (framesInBlock + 1) * FrameLayout.SLOT_BYTES;
    this.lastFrame = start.lastFrame();
    this.mark = start.mark();
  }

  private static MemorySegment target(Segment segment) {
    MemorySegment staging = segment.staging();
    return staging != null ? staging : segment.file().writableMemory();
  }

  /** From now on frames state that everything below {@code batchEnd} is durable. */
  void mark(long batchEnd) {
    mark = batchEnd;
  }

  /** The address behind the last frame. */
  long end() {
    return segmentStart + frameAt;
  }

  /** Whether a part of the atomic unit may be stored: a failure would leave it there. */
  boolean stored() {
    return stored;
  }

  /** The atomic unit is whole, and nothing of the next one is stored. */
  void endUnit() {
    stored = false;
  }

  /** Payload bytes that fit behind the last frame of the block; negative when not even a header. */
  int room() {
    return slotAt - FrameLayout.SLOT_BYTES - frameAt - FrameLayout.HEADER_BYTES;
  }

  /** A plan of what comes behind the last frame. */
  FramePlan plan() {
    return new FramePlan(geometry, room(), segmentStart + blockEnd);
  }

  /** Lays down a record that there is room for, an atomic unit of its own. */
  long putHere(Payload payload) {
    return putFrame(payload, 0, payload.length(), FrameLayout.WHOLE);
  }

  /** Lays down a record, in fragments where it is larger than a block takes. */
  long put(Payload payload, boolean closesUnit) {
    int more = closesUnit ? 0 : FrameLayout.CONTINUES;
    int length = payload.length();
    if (length > geometry.maxFramePayload()) {
      return putFragments(payload, more);
    }
    if (length > room()) {
      nextBlock();
    }
    return putFrame(payload, 0, length, FrameLayout.WHOLE | more);
  }

  private long putFragments(Payload payload, int more) {
    if (room() < 1) {
      nextBlock();
    }
    int length = payload.length();
    int done = room();
    long position = putFrame(payload, 0, done, FrameLayout.FIRST | FrameLayout.CONTINUES);
    while (length - done > geometry.maxFramePayload()) {
      nextBlock();
      putFrame(payload, done, room(), FrameLayout.MIDDLE | FrameLayout.CONTINUES);
      done += geometry.maxFramePayload();
    }
    nextBlock();
    putFrame(payload, done, length - done, FrameLayout.LAST | more);
    return position;
  }

  private long putFrame(Payload payload, int from, int length, int flags) {
    int size = FrameLayout.HEADER_BYTES + length;
    int slot = size | flags;
    int at = frameAt;
    long position = segmentStart + at;
    check.begin(position, slot, lastFrame < 0 ? 0 : (int) (position - lastFrame), mark);
    payload.cover(check, from, length);
    stored = true;
    check.finish(memory, at);
    payload.copy(from, length, memory, at + FrameLayout.HEADER_BYTES);
    active.file().stored(slotAt);
    FrameLayout.SLOT.setRelease(memory, (long) slotAt, slot);
    active.file().stored(slotAt);
    frameAt = at + size;
    slotAt -= FrameLayout.SLOT_BYTES;
    lastFrame = position;
    return position;
  }

  private void nextBlock() {
    if (blockEnd == geometry.segmentSize()) {
      nextSegment();
    }
    frameAt = blockEnd;
    blockEnd += geometry.blockSize();
    slotAt = blockEnd - FrameLayout.SLOT_BYTES;
  }

  private void nextSegment() {
    active = segments.next(active);
    memory = target(active);
    segmentStart = active.start();
    blockEnd = 0;
  }

  /**
   * Copies a block as it is now; false where it lies in an earlier segment, whose bytes change no
   * more.
   */
  boolean copyBlock(long blockStart, MemorySegment copy) {
    long offset = blockStart - segmentStart;
    if (offset < 0) {
      return false;
    }
    MemorySegment.copy(memory, offset, copy, 0, geometry.blockSize());
    return true;
  }
}
