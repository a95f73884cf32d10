package dev.varve.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;

/**
 * The contract of variable-length integers for {@link Varint63}, and what big-endian order adds.
 */
class Varint63Properties extends VarintContract {
  @Property
  void orderOfEqualLengthEncodingsIsNumericOrder(@ForAll("sameLength") Tuple2<Long, Long> pair) {
    long one = pair.get1();
    long other = pair.get2();
    assertEquals(length(one), length(other));
    assertEquals(
        Integer.signum(Long.compare(one, other)),
        Integer.signum(Arrays.compareUnsigned(encoded(one), encoded(other))));
  }

  @Provide
  Arbitrary<Tuple2<Long, Long>> sameLength() {
    return Arbitraries.integers()
        .between(1, Varint63.MAX_LENGTH)
        .flatMap(
            length -> {
              long greatest = Long.MAX_VALUE >>> (63 - 7 * length);
              long least = length == 1 ? 0 : (greatest >>> 7) + 1;
              return Arbitraries.longs().between(least, greatest).tuple2();
            });
  }

  @Override
  int length(long value) {
    return Varint63.length(value);
  }

  @Override
  int write(byte[] dst, int offset, long value) {
    return Varint63.write(dst, offset, value);
  }

  @Override
  int write(MemorySegment dst, long offset, long value) {
    return Varint63.write(dst, offset, value);
  }

  @Override
  long read(byte[] src, int offset, int limit) {
    return Varint63.read(src, offset, limit);
  }

  @Override
  long read(MemorySegment src, long offset, long limit) {
    return Varint63.read(src, offset, limit);
  }
}
