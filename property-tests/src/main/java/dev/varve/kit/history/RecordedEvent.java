package dev.varve.kit.history;

import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.kit.Payloads;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The events that recorded streams append: the key is the batch's number, the content is {@code u32
 * index | u32 0 | filler}, big-endian, of a length that depends on both.
 */
final class RecordedEvent {
  /** Content of the largest. */
  static final int MAX_CONTENT_BYTES = 8 + 8 * 12;

  private static final long SEED = 0x68697374L;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private RecordedEvent() {}

  static EventBatch batch(int number, int events) {
    EventBatch batch = new EventBatch();
    for (int index = 0; index < events; index++) {
      batch.add(number, content(number, index));
    }
    return batch;
  }

  /** Which event it is that a buffer shows; fails when it is none that was ever appended. */
  static Sighting seen(EventBuffer buffer, int i) {
    int number = (int) buffer.key(i);
    int index = buffer.contentBytes(i) < 8 ? 0 : buffer.memory().get(INT, buffer.contentOffset(i));
    if (!Arrays.equals(content(number, index), buffer.content(i))) {
      throw new AssertionError(
          "the event at %d, of key %d, is none that was appended: %s"
              .formatted(buffer.position(i), buffer.key(i), Arrays.toString(buffer.content(i))));
    }
    return new Sighting(buffer.position(i), number, index);
  }

  private static byte[] content(int number, int index) {
    long sequence = 1_000_000L * number + index;
    byte[] content = Payloads.bytes(SEED, sequence, 8 + 8 * Payloads.number(SEED, sequence, 13));
    ByteBuffer.wrap(content).putInt(index).putInt(0);
    return content;
  }
}
