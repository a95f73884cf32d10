package dev.varve.kit.stream;

import dev.varve.kit.Payloads;
import java.util.Arrays;

/** An event as the contract expects or found it. */
final class StreamEvent {
  private static final long SEED = 0x7374726561L;

  private final long position;
  private final long key;
  private final byte[] content;

  StreamEvent(long position, long key, byte[] content) {
    this.position = position;
    this.key = key;
    this.content = content;
  }

  long position() {
    return position;
  }

  long key() {
    return key;
  }

  byte[] content() {
    return content;
  }

  /** Some content of so many bytes that depends on the key only. */
  static byte[] contentOf(long key, int contentBytes) {
    return Payloads.bytes(SEED, key, contentBytes);
  }

  boolean sameAs(StreamEvent other) {
    return position == other.position && sameEventAs(other);
  }

  /** Whether key and content are the same, wherever it lies. */
  boolean sameEventAs(StreamEvent other) {
    return key == other.key && Arrays.equals(content, other.content);
  }

  @Override
  public String toString() {
    return "event of key %d and %d bytes at %d".formatted(key, content.length, position);
  }
}
