package dev.varve.segment;

import dev.varve.StorageException;
import java.lang.foreign.MemorySegment;

/**
 * Walks the records of a log in one direction and verifies each. Confined to one thread; allocates
 * nothing per record that fits a block.
 */
public abstract sealed class Cursor extends RecordView implements AutoCloseable
    permits ForwardCursor, BackwardCursor {
  final SegmentTable table;
  final Geometry geometry;
  final LogBounds bounds;
  final Block block;
  final Assembly assembly;
  private boolean durableOnly;
  private boolean closed;

  Cursor(SegmentTable table, LogBounds bounds) {
    this.table = table;
    this.geometry = table.geometry();
    this.bounds = bounds;
    this.block = new Block(geometry);
    this.assembly = new Assembly(table);
  }

  /**
   * Moves to the next record in the cursor's direction.
   *
   * @return false at the end; a forward cursor may be asked again when the log has grown
   * @throws StorageException.Corrupt where damage is met
   * @throws StorageException.Dropped when retention has overtaken the cursor
   * @throws IllegalStateException when the log or the cursor is closed
   */
  public final boolean next() {
    if (closed) {
      throw new IllegalStateException("the cursor is closed");
    }
    table.checkOpen();
    showNothing();
    return move();
  }

  abstract boolean move();

  /** From now on the cursor stops where a loss of power could take the rest. */
  public final Cursor durableOnly() {
    durableOnly = true;
    return this;
  }

  final long limit() {
    return durableOnly ? Math.min(bounds.end(), bounds.durableEnd()) : bounds.end();
  }

  final void checkKept(long position) {
    long tail = bounds.tail();
    if (position < tail) {
      throw new StorageException.Dropped(position, tail);
    }
  }

  final void checkFrame(int index, long previous) {
    Block.Fault fault = block.fault(index, previous);
    if (fault != null) {
      throw corrupt(fault);
    }
  }

  final StorageException.Corrupt corrupt(Block.Fault fault) {
    block.forget();
    checkKept(fault.position());
    return table.damage(fault).asException();
  }

  final void showWhole(int index) {
    MemorySegment memory = block.memory();
    int header = FrameLayout.HEADER_BYTES;
    show(block.position(index), memory, block.offset(index) + header, block.size(index) - header);
  }

  final void showAssembled(long position) {
    assembly.read(position);
    show(position, assembly.memory(), 0, assembly.length());
  }

  /** Ends the cursor; the log stays open. */
  @Override
  public final void close() {
    closed = true;
    showNothing();
  }
}
