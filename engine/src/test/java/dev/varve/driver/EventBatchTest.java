package dev.varve.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class EventBatchTest {
  @Test
  void memoryThatCannotBeReadLeavesTheBatchAsItWas() {
    EventBatch batch = EventBatch.of(1, new byte[8]);
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(16);
    }
    assertThrows(IllegalStateException.class, () -> batch.add(2, closed));
    assertEquals(1, batch.count());
    assertEquals(20, batch.frameBytes());
    batch.add(3, new byte[16]);
    assertEquals(3, batch.key(1));
    assertEquals(16, batch.contentBytes(1));
  }
}
