package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads single records by position and verifies them. Confined to one thread; allocates nothing per
 * record that fits a block.
 */
public final class RecordReader extends RecordView {
  private static final ValueLayout.OfLong POSITION =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt SLOT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final SegmentTable table;
  private final Geometry geometry;
  private final LogBounds bounds;
  private final Block block;
  private final Assembly assembly;

  RecordReader(SegmentTable table, LogBounds bounds) {
    this.table = table;
    this.geometry = table.geometry();
    this.bounds = bounds;
    this.block = new Block(geometry);
    this.assembly = new Assembly(table);
  }

  /**
   * Moves to the record at {@code position}.
   *
   * @param position a record's start, or a former end with a record behind it
   * @throws IllegalArgumentException for a negative position
   * @throws NoSuchRecordException when no record starts there
   * @throws StorageException.Dropped before the tail
   * @throws StorageException.Corrupt when it is damaged
   */
  public void read(long position) {
    table.checkOpen();
    showNothing();
    Positions.check(position, bounds);
    if (position >= bounds.knownEnd() && position >= bounds.end()) {
      throw new NoSuchRecordException(position, "it is the end");
    }
    if (!readWhole(position)) {
      readSlowly(position);
    }
  }

  /** The common case: follows the size slots in the mapping and copies nothing but the record. */
  private boolean readWhole(long position) {
    Segment segment = table.find(position);
    if (segment == null) {
      return false;
    }
    int slot = slotOfBacked(segment, (int) (position - segment.start()));
    if (slot < 0) {
      return false;
    }
    int size = FrameLayout.size(slot);
    block.forget();
    int copied = table.copy(segment, position, block.bytes(), size);
    if (copied < size || !block.holdsAlone(position, slot)) {
      return false;
    }
    int header = FrameLayout.HEADER_BYTES;
    show(position, block.memory(), header, size - header);
    return true;
  }

  /** Slot of the whole frame at an offset of a segment; -1 where anything is not as usual. */
  private int slotOfBacked(Segment segment, int offset) {
    try {
      int slot = slotOfWhole(segment, offset);
      MappedAccess.settle();
      return slot;
    } catch (InternalError | IllegalStateException | SegmentFile.MissingSegmentException gone) {
      return -1;
    }
  }

  private int slotOfWhole(Segment segment, int offset) {
    int blockOffset = offset & -geometry.blockSize();
    int slotAt = blockOffset + geometry.blockSize() - FrameLayout.SLOT_BYTES;
    int at = blockOffset;
    MemorySegment memory = segment.file().memory();
    int blockLimit = blockOffset + geometry.blockSize();
    if (memory.byteSize() < blockLimit || offset > blockLimit - FrameLayout.HEADER_BYTES) {
      return -1;
    }
    // Asked for before the walk, so that both misses of the cache are under way at once.
    if (memory.get(POSITION, offset) != segment.start() + offset) {
      return -1;
    }
    int slot = memory.get(SLOT, slotAt);
    while (at < offset) {
      int size = FrameLayout.size(slot);
      if (size < FrameLayout.HEADER_BYTES || size > slotAt - at) {
        return -1;
      }
      at += size;
      slotAt -= FrameLayout.SLOT_BYTES;
      slot = slotAt < at ? 0 : memory.get(SLOT, slotAt);
    }
    int whole = geometry.crc() ? slot & ~FrameLayout.CONTINUES : slot;
    boolean sane = at == offset && whole >= FrameLayout.HEADER_BYTES && whole <= slotAt - at;
    return sane ? slot : -1;
  }

  /** Fragments, former ends, and everything that is wrong in a way that has a name. */
  private void readSlowly(long position) {
    long at = Positions.recordAt(table, bounds, block, position);
    int index = block.indexOf(at);
    Block.Fault fault = block.fault(index, Block.UNKNOWN);
    if (fault != null) {
      throw table.damage(fault).asException();
    }
    if (block.kind(index) == FrameLayout.WHOLE) {
      int header = FrameLayout.HEADER_BYTES;
      show(at, block.memory(), block.offset(index) + header, block.size(index) - header);
      return;
    }
    assembly.read(at);
    show(at, assembly.memory(), 0, assembly.length());
  }
}
