package dev.varve.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Opening again, and what is left after closing. */
interface LifecycleContract extends ContractPart {

  @Test
  default void reopeningKeepsEveryRecordAndItsPosition() {
    List<AppendedRecord> records = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      records.addAll(fixture().fill(round * 7));
      long end = fixture().log().end();
      fixture().reopen();
      assertEquals(end, fixture().log().end(), "the end after reopening");
      fixture().assertHolds(records);
    }
  }

  @Test
  default void reopeningAnEmptyLogLeavesItEmpty() {
    fixture().log();
    fixture().reopen();
    fixture().assertHolds(List.of());
    AppendedRecord first = fixture().append(3);
    fixture().reopen();
    fixture().assertHolds(List.of(first));
  }

  @Test
  default void afterCloseEveryCallIsMisuse() {
    RecordLogUnderTest log = fixture().log();
    long position = fixture().append(20).position();
    fixture().append(30);
    RecordCursor forward = log.forward();
    RecordCursor backward = log.backward();
    log.close();
    log.close();
    Map<String, Executable> calls =
        Map.ofEntries(
            Map.entry("append", () -> log.append(new byte[1])),
            Map.entry("appendBatch", () -> log.appendBatch(List.of(new byte[1]))),
            Map.entry("forward", log::forward),
            Map.entry("forward from", () -> log.forward(position)),
            Map.entry("backward", log::backward),
            Map.entry("backward from", () -> log.backward(position)),
            Map.entry("read", () -> log.read(position)),
            Map.entry("head", log::head),
            Map.entry("tail", log::tail),
            Map.entry("end", log::end),
            Map.entry("awaitEnd", () -> log.awaitEnd(0, Duration.ZERO)),
            Map.entry("sync", log::sync),
            Map.entry("dropBefore", () -> log.dropBefore(position)),
            Map.entry("forward cursor", forward::next),
            Map.entry("backward cursor", backward::next));
    calls.forEach((name, call) -> assertThrows(IllegalStateException.class, call, name));
    forward.close();
    backward.close();
  }
}
