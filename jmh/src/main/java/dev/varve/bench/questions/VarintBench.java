package dev.varve.bench.questions;

import dev.varve.bench.systems.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What does it cost to write and to read a number as varint63, as LEB128, as Chronicle's stop bit?
 *
 * <p>Hypothesis: the order of the groups does not matter, so varint63 costs what LEB128 costs.
 * Control: the same values for all, {@code small} ones of one or two bytes and {@code mixed} ones
 * of all lengths, drawn with a fixed seed; what is read has to add up. Falsified by a difference of
 * more than a quarter between varint63 and LEB128.
 */
public class VarintBench extends LogQuestion {
  private static final int COUNT = 1000;
  private static final long SEED = 63;
  private static final int SMALL_BITS = 14;
  private static final int ALL_BITS = 63;

  @Param({"varint63", "leb128", "stop-bit"})
  public String system;

  @Param({"small", "mixed"})
  public String values;

  private VarintCodec codec;
  private long[] numbers;
  private long sum;
  private long bytes;

  static Question question() {
    List<Contestant> codecs =
        List.of(
            Contestant.of("varint63", Kind.OURS),
            Contestant.of("leb128", Kind.PEER),
            Contestant.of("stop-bit", Kind.PEER));
    List<Case> cases = new ArrayList<>();
    for (String values : List.of("small", "mixed")) {
      for (String method : List.of("write", "read")) {
        cases.add(
            Case.of(method, Map.of("values", values), codecs)
                .labelled("values=%s;do=%s".formatted(values, method)));
      }
    }
    return new Question(
        "varint",
        "What does it cost to write and to read a number in few bytes?",
        VarintBench.class,
        cases);
  }

  /** Draws the values and writes them once. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(SEED);
    int bits = values.equals("small") ? SMALL_BITS : ALL_BITS;
    numbers = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = random.nextLong() >>> (Long.SIZE - random.nextInt(1, bits + 1));
    }
    sum = Arrays.stream(numbers).sum();
    codec = VarintCodec.named(system, COUNT);
    bytes = codec.write(numbers);
  }

  /** Writes all values. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void write() {
    if (codec.write(numbers) != bytes) {
      throw new IllegalStateException("wrong answer: the values take other space than before");
    }
  }

  /** Reads all values. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void read() {
    if (codec.read(COUNT) != sum) {
      throw new IllegalStateException("wrong answer: the values do not add up");
    }
  }
}
