package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Puts the fragments of a record together; grows with the bytes that are really there. */
final class Assembly {
  private final SegmentTable table;
  private final Block block;
  private byte[] bytes = new byte[0];
  private MemorySegment memory = MemorySegment.ofArray(bytes);
  private int length;
  private long end;
  private long previous;

  Assembly(SegmentTable table) {
    this.table = table;
    this.block = new Block(table.geometry());
  }

  MemorySegment memory() {
    return memory;
  }

  int length() {
    return length;
  }

  /** Position behind the last fragment. */
  long end() {
    return end;
  }

  /** Position of the last fragment. */
  long lastFrame() {
    return previous;
  }

  /**
   * Reads the record whose first fragment starts at {@code position}.
   *
   * @throws StorageException.Corrupt where a fragment is invalid or missing
   */
  void read(long position) {
    block.forget();
    length = 0;
    end = position;
    previous = Block.UNKNOWN;
    int wanted = FrameLayout.FIRST;
    while (true) {
      int index = load(end);
      int kind = check(index, wanted);
      add(index);
      if (kind == FrameLayout.LAST) {
        return;
      }
      wanted = FrameLayout.MIDDLE;
    }
  }

  private int load(long position) {
    Geometry geometry = table.geometry();
    long start = geometry.blockStart(position);
    if (block.start() != start) {
      table.load(start, block);
    }
    int index = block.indexOf(position);
    if (index < 0 && position == block.limit()) {
      table.load(start + geometry.blockSize(), block);
      index = block.indexOf(block.start());
    }
    return index;
  }

  private int check(int index, int wanted) {
    if (index < 0) {
      throw corrupt(new Block.Fault(end, "the next fragment of a record", "none"));
    }
    Block.Fault fault = block.fault(index, previous);
    if (fault != null) {
      throw corrupt(fault);
    }
    int kind = block.kind(index);
    boolean fits = kind == wanted || (wanted == FrameLayout.MIDDLE && kind == FrameLayout.LAST);
    if (!fits) {
      throw corrupt(
          new Block.Fault(
              block.position(index), "the next fragment of a record", "a frame of another one"));
    }
    return kind;
  }

  private StorageException.Corrupt corrupt(Block.Fault fault) {
    block.forget();
    return table.damage(fault).asException();
  }

  private void add(int index) {
    int more = block.size(index) - FrameLayout.HEADER_BYTES;
    if (bytes.length < length + more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
      memory = MemorySegment.ofArray(bytes);
    }
    int from = block.offset(index) + FrameLayout.HEADER_BYTES;
    System.arraycopy(block.bytes(), from, bytes, length, more);
    length += more;
    previous = block.position(index);
    end = block.end(index);
  }
}
