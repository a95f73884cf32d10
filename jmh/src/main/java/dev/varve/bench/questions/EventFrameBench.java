package dev.varve.bench.questions;

import dev.varve.bench.systems.Kind;
import dev.varve.codec.EventFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What does it cost to frame an event and to check its frame, by the size of its content?
 *
 * <p>Hypothesis: the JDK's CRC-32, which the processor computes, makes both several times as fast
 * as a table with an entry per byte, and the larger the event the closer to a copy. Control: {@code
 * table-crc} makes the same frames bit by bit; {@code limit} copies the event with its sizes and
 * checks nothing but those. Falsified by less than three times the speed of the table at 1 KiB.
 */
public class EventFrameBench extends LogQuestion {
  private static final String OURS = "varve";
  private static final String TABLE = "table-crc";
  private static final String LIMIT = "limit";
  private static final List<String> SIZES = List.of("8", "104", "1024", "16384");
  private static final int KEY = 0x0102_0304;

  @Param({OURS, TABLE, LIMIT})
  public String system;

  @Param({"8", "104", "1024", "16384"})
  public int size;

  private FrameCodec codec;
  private byte[] event;
  private byte[] framed;
  private byte[] target;

  static Question question() {
    List<Contestant> codecs =
        List.of(
            Contestant.of(OURS, Kind.OURS),
            Contestant.of(TABLE, Kind.PEER),
            new Contestant(LIMIT, Kind.LIMIT, false, "no checksum"));
    List<Case> cases = new ArrayList<>();
    for (String size : SIZES) {
      for (String method : List.of("encode", "decode")) {
        cases.add(
            Case.of(method, Map.of("size", size), codecs)
                .labelled("size=%s;do=%s".formatted(size, method))
                .shaped(Shape.BRIEF));
      }
    }
    return new Question(
        "event-frame",
        "What does it cost to frame an event and to check its frame?",
        EventFrameBench.class,
        cases);
  }

  /** Makes an event and its frame; whoever has a checksum makes the same frame as everyone. */
  @Setup
  public void prepare() {
    event = new byte[Integer.BYTES + size];
    for (int i = 0; i < event.length; i++) {
      event[i] = (byte) (i * 31 + 7);
    }
    FrameCodec.INT.set(event, 0, KEY);
    codec =
        switch (system) {
          case OURS -> new FrameCodec.Ours();
          case TABLE -> new FrameCodec.TableCrc();
          default -> new FrameCodec.Unchecked();
        };
    target = new byte[EventFrame.frameBytes(size)];
    framed = new byte[EventFrame.frameBytes(size)];
    codec.encode(event, size, framed);
    if (!system.equals(LIMIT) && EventFrame.decode(framed, 0, framed.length) != framed.length) {
      throw new IllegalStateException("wrong answer: not the frame of an event");
    }
    encode();
    decode();
  }

  /** Frames the event. */
  @Benchmark
  public void encode() {
    if (codec.encode(event, size, target) != framed.length) {
      throw new IllegalStateException("wrong answer: the frame has another size");
    }
  }

  /** Checks the frame and copies the event out, as a reader does. */
  @Benchmark
  public void decode() {
    if (codec.decode(framed, target) != framed.length) {
      throw new IllegalStateException("wrong answer: the frame does not hold");
    }
  }
}
