package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The contract of variable-length integers for {@link Leb128}, and how it relates to ours. */
class Leb128Properties extends VarintContract {
  @Property
  void encodingIsVarint63WithTheGroupsInOppositeOrder(@ForAll("values") long value) {
    byte[] groups = encoded(value);
    byte[] reversed = new byte[groups.length];
    for (int i = 0; i < groups.length; i++) {
      int group = groups[groups.length - 1 - i] & 0x7F;
      reversed[i] = (byte) (i < groups.length - 1 ? 0x80 | group : group);
    }
    assertEquals(value, Varint63.read(reversed, 0, reversed.length));
  }

  @Override
  int length(long value) {
    return Leb128.length(value);
  }

  @Override
  int write(byte[] dst, int offset, long value) {
    return Leb128.write(dst, offset, value);
  }

  @Override
  int write(MemorySegment dst, long offset, long value) {
    return Leb128.write(dst, offset, value);
  }

  @Override
  long read(byte[] src, int offset, int limit) {
    return Leb128.read(src, offset, limit);
  }

  @Override
  long read(MemorySegment src, long offset, long limit) {
    return Leb128.read(src, offset, limit);
  }
}
