package dev.varve.segment;

/** What an atomic unit may hold; refusals come before anything is taken or stored. */
final class UnitLimits {
  private final int batchLimit;
  private final int largestFrame;
  private final boolean framesOnly;

  UnitLimits(Geometry geometry, int batchLimit) {
    this.batchLimit = batchLimit;
    this.largestFrame = geometry.maxFramePayload();
    this.framesOnly = !geometry.crc();
  }

  void check(long payloadBytes) {
    if (payloadBytes > batchLimit) {
      throw new IllegalArgumentException(
          "%d payload bytes are more than the batch limit of %d"
              .formatted(payloadBytes, batchLimit));
    }
    if (framesOnly && payloadBytes > largestFrame) {
      throw new IllegalArgumentException(
          "%d payload bytes are more than the %d that one block of a log with MD5 checks holds"
              .formatted(payloadBytes, largestFrame));
    }
  }

  void check(Batch batch) {
    if (batch.count() == 0) {
      throw new IllegalArgumentException("a batch must hold at least one record");
    }
    if (framesOnly && batch.count() > 1) {
      throw new IllegalArgumentException(
          "a log with MD5 checks takes batches of one record, not of " + batch.count());
    }
    long payloadBytes = 0;
    for (int i = 0; i < batch.count(); i++) {
      batch.checkReadable(i);
      payloadBytes += batch.length(i);
      check(payloadBytes);
    }
  }
}
