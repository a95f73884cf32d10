package dev.varve.bench.questions;

import dev.varve.bench.systems.Kind;
import dev.varve.codec.Crc32cCheck;
import dev.varve.codec.Md5Check;
import dev.varve.codec.RecordCheck;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does the check of one record cost by its size, with CRC-32C and with MD5?
 *
 * <p>Hypothesis: CRC-32C, which the processor computes, costs a tenth of the seed's MD5 or less,
 * although it covers the header as well. Control: both go through the same interface, and every
 * header that is made is verified. Falsified by MD5 below five times the CRC's time at any size.
 */
public class RecordCheckBench extends LogQuestion {
  private static final String CRC = "crc32c";
  private static final String MD5 = "md5";
  private static final List<String> SIZES = List.of("16", "100", "1024", "4064");

  @Param({CRC, MD5})
  public String system;

  @Param({"16", "100", "1024", "4064"})
  public int size;

  private RecordCheck check;
  private byte[] payload;
  private byte[] frame;
  private MemorySegment target;
  private long position;

  static Question question() {
    List<Contestant> checks = List.of(Contestant.of(CRC, Kind.OURS), Contestant.of(MD5, Kind.PEER));
    List<Case> cases = new ArrayList<>();
    for (String size : SIZES) {
      for (String method : List.of("make", "verify")) {
        Case measured =
            Case.of(method, Map.of("size", size), checks)
                .labelled("size=%s;do=%s".formatted(size, method));
        cases.add(size.equals("100") && method.equals("verify") ? measured.inVerdict() : measured);
      }
    }
    return new Question(
        "record-check",
        "What does the check of one record cost by its size?",
        RecordCheckBench.class,
        cases);
  }

  /** Makes a frame to verify. */
  @Setup
  public void prepare() {
    check = system.equals(CRC) ? new Crc32cCheck(new byte[16]) : new Md5Check();
    payload = new byte[size];
    Arrays.fill(payload, (byte) 0x5A);
    frame = new byte[RecordCheck.HEADER_BYTES + size];
    target = MemorySegment.ofArray(frame);
    System.arraycopy(payload, 0, frame, RecordCheck.HEADER_BYTES, size);
    make();
  }

  /** Makes the header of a record. */
  @Benchmark
  public void make() {
    position += frame.length;
    check.begin(position, frame.length, frame.length, 0);
    check.update(payload, 0, size);
    check.finish(target, 0);
  }

  /** Verifies a stored record. */
  @Benchmark
  public void verify() {
    if (!check.matches(frame, 0, frame.length, frame.length)) {
      throw new IllegalStateException("wrong answer: the check does not hold");
    }
  }

  /** Verifies the last header that was made. */
  @TearDown
  public void check() {
    verify();
  }
}
