package dev.varve.kit.disk;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file apart from its names: one buffer that mappings and positional calls share, which is the
 * page cache, and beside it what each sector and the size may be after a loss of power.
 *
 * <p>Stores through a mapping are noticed when somebody looks: {@link #notice()} compares the
 * buffer with the newest content of every sector.
 */
final class Inode {
  private final int number;
  private final int sectorBytes;
  private final Content zeros;
  private MemorySegment buffer = memory(0);
  private long[] sizes = {0};
  private Sector[] sectors = new Sector[0];
  private @Nullable State state;
  private int mappings;
  private int handles;

  /** An immutable look: sizes and sectors as they may be, the newest size last. */
  @SuppressWarnings("ArrayRecordComponent")
  record State(int number, int sectorBytes, Content zeros, long[] sizes, Sector[] sectors) {
    long size() {
      return sizes[sizes.length - 1];
    }
  }

  Inode(int number, int sectorBytes, Content zeros) {
    this.number = number;
    this.sectorBytes = sectorBytes;
    this.zeros = zeros;
  }

  /** A file as an earlier disk left it. */
  Inode(State left) {
    this(left.number, left.sectorBytes, left.zeros);
    this.buffer = memory((long) left.sectors.length * sectorBytes);
    this.sizes = left.sizes.clone();
    this.sectors = left.sectors.clone();
    for (int i = 0; i < sectors.length; i++) {
      byte[] bytes = sectors[i].newest().bytes();
      MemorySegment.copy(
          bytes, 0, buffer, ValueLayout.JAVA_BYTE, (long) i * sectorBytes, bytes.length);
    }
  }

  private static MemorySegment memory(long bytes) {
    return MemorySegment.ofArray(new long[Math.toIntExact((bytes + Long.BYTES - 1) / Long.BYTES)]);
  }

  int number() {
    return number;
  }

  long size() {
    return sizes[sizes.length - 1];
  }

  State state() {
    State known = state;
    if (known == null) {
      known = new State(number, sectorBytes, zeros, sizes.clone(), sectors.clone());
      state = known;
    }
    return known;
  }

  boolean inUse() {
    return mappings + handles > 0;
  }

  void opened() {
    handles++;
  }

  void closed() {
    handles--;
  }

  MemorySegment map(long length) {
    if (length < 1 || length > size()) {
      throw new IllegalArgumentException("cannot map %d of %d bytes".formatted(length, size()));
    }
    mappings++;
    return buffer.asSlice(0, length);
  }

  void unmap() {
    mappings--;
  }

  void grow(long size) {
    if (size <= size()) {
      return;
    }
    int count = Math.toIntExact((size + sectorBytes - 1) / sectorBytes);
    if (count > sectors.length) {
      enlarge(count);
    }
    sizes = Arrays.copyOf(sizes, sizes.length + 1);
    sizes[sizes.length - 1] = size;
    state = null;
  }

  private void enlarge(int count) {
    if (mappings > 0) {
      throw new IllegalStateException("a file cannot grow while it is mapped, not on this disk");
    }
    MemorySegment larger = memory((long) count * sectorBytes);
    larger.copyFrom(buffer);
    buffer = larger;
    int before = sectors.length;
    sectors = Arrays.copyOf(sectors, count);
    Arrays.fill(sectors, before, count, Sector.durable(zeros));
  }

  int read(long offset, MemorySegment target) {
    int length = Math.clamp(size() - offset, 0, (int) Math.min(target.byteSize(), 1 << 30));
    if (length > 0) {
      MemorySegment.copy(buffer, offset, target, 0, length);
    }
    return length;
  }

  void write(long offset, MemorySegment source) {
    notice();
    grow(offset + source.byteSize());
    MemorySegment.copy(source, 0, buffer, offset, source.byteSize());
    store(offset, source.byteSize());
  }

  void zero(long offset, long length) {
    notice();
    grow(offset + length);
    buffer.asSlice(offset, length).fill((byte) 0);
    store(offset, length);
  }

  private void store(long offset, long length) {
    for (int i = (int) (offset / sectorBytes); (long) i * sectorBytes < offset + length; i++) {
      sectors[i] = sectors[i].with(content(i));
    }
    state = null;
  }

  /** Takes a version of every sector that was changed through a mapping. */
  void notice() {
    if (mappings == 0) {
      return;
    }
    for (int i = 0; i < sectors.length; i++) {
      if (changed(i)) {
        sectors[i] = sectors[i].with(content(i));
        state = null;
      }
    }
  }

  private boolean changed(int index) {
    byte[] known = sectors[index].newest().bytes();
    long from = (long) index * sectorBytes;
    for (int i = 0; i < sectorBytes; i += Long.BYTES) {
      if (buffer.get(ValueLayout.JAVA_LONG, from + i) != Hashes.longAt(known, i)) {
        return true;
      }
    }
    return false;
  }

  private Content content(int index) {
    byte[] bytes = new byte[sectorBytes];
    long from = (long) index * sectorBytes;
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, from, bytes, 0, sectorBytes);
    return Arrays.equals(bytes, zeros.bytes()) ? zeros : Content.of(bytes);
  }

  /** Makes the sectors of a range durable, and the size. */
  void synced(long offset, long length) {
    notice();
    sizes = new long[] {size()};
    for (int i = (int) (offset / sectorBytes); within(i, offset + length); i++) {
      sectors[i] = sectors[i].synced();
    }
    state = null;
  }

  /** Loses the sectors of a range, which count as clean from now on. */
  void failed(long offset, long length) {
    notice();
    for (int i = (int) (offset / sectorBytes); within(i, offset + length); i++) {
      sectors[i] = sectors[i].failed();
    }
    state = null;
  }

  private boolean within(int index, long limit) {
    return index < sectors.length && (long) index * sectorBytes < limit;
  }
}
