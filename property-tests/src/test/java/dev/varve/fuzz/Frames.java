package dev.varve.fuzz;

import dev.varve.codec.EventFrame;

/** Event frames whose checks hold, so that what lies behind the check is reached. */
final class Frames {
  private Frames() {}

  /** The same bytes, in which every frame that fits has the sizes and the checksum it should. */
  static byte[] repaired(byte[] input) {
    byte[] bytes = input.clone();
    int at = 0;
    int frame = EventFrame.neededBytes(bytes, at, bytes.length);
    while (frame <= bytes.length - at && !isZeros(bytes, at, frame)) {
      int content = frame - EventFrame.OVERHEAD_BYTES;
      at += EventFrame.encode(bytes, at + EventFrame.KEY_OFFSET, content, bytes, at);
      frame = EventFrame.neededBytes(bytes, at, bytes.length);
    }
    return bytes;
  }

  private static boolean isZeros(byte[] bytes, int at, int frame) {
    return frame < EventFrame.OVERHEAD_BYTES
        || (frame == EventFrame.OVERHEAD_BYTES && EventFrame.key(bytes, at) == 0);
  }
}
