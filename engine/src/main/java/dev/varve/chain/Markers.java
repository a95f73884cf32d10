package dev.varve.chain;

import dev.varve.codec.EventFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes the markers that blocks of one writer begin with: an event of the reserved key 0, whose
 * content is {@code 16-byte writer id | u64 nonce}. No two blocks have the same one.
 */
final class Markers {
  /** The key that no event has. */
  static final long KEY = 0;

  static final int CONTENT_BYTES = 24;
  static final int FRAME_BYTES = EventFrame.OVERHEAD_BYTES + CONTENT_BYTES;
  private static final int ID_AT = Integer.BYTES;
  private static final int NONCE_AT = ID_AT + 2 * Long.BYTES;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long idLow;
  private final long idHigh;
  private final AtomicLong nonces = new AtomicLong(1);

  /** For a writer with an id that nobody else has. */
  Markers(RandomGenerator random) {
    idLow = random.nextLong();
    idHigh = random.nextLong();
  }

  /** Stores the next marker's frame, {@link #FRAME_BYTES} long. */
  void store(byte[] target, int at) {
    byte[] event = new byte[Integer.BYTES + CONTENT_BYTES];
    LONG.set(event, ID_AT, idLow);
    LONG.set(event, ID_AT + Long.BYTES, idHigh);
    LONG.set(event, NONCE_AT, nonces.getAndIncrement());
    EventFrame.encode(event, 0, CONTENT_BYTES, target, at);
  }
}
