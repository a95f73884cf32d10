package dev.varve.bench.questions;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Payloads;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.DelayedContainer;
import dev.varve.chain.DelayedContainer.Latency;
import dev.varve.chain.Timing;
import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.time.Duration;
import java.util.SplittableRandom;

/** What questions about chains have in common: filling one, and checking what is in it. */
final class Chains {
  /** What a reader of a chain's row has to know. */
  static final String NOTE = "the container is memory: nothing is durable";

  /** Of a request without a driver. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int KEY = 1;
  private static final int CHECK_BYTES = 1 << 20;

  private Chains() {}

  /** A chain with the defaults. */
  static BlobChainDriver open(BlobContainer container) {
    return BlobChainDriver.open(container, ChainOptions.defaults());
  }

  /** The end behind an append that has to have been accepted. */
  static long end(Append outcome) {
    return accepted(outcome).end();
  }

  /** Where the first event of an append is that has to have been accepted. */
  static long position(Append outcome) {
    return accepted(outcome).position();
  }

  /** An append that has to have been accepted. */
  static Append.Appended accepted(Append outcome) {
    if (outcome instanceof Append.Appended appended) {
      return appended;
    }
    throw new IllegalStateException("wrong answer: " + outcome);
  }

  /** The next so many events, in a batch that is used again. */
  static EventBatch next(EventBatch batch, Payloads payloads, int count) {
    batch.clear();
    for (int i = 0; i < count; i++) {
      batch.add(KEY, payloads.next());
    }
    return batch;
  }

  /** Appends so many events in batches; returns the end. */
  static long fill(StorageDriver driver, Payloads payloads, int events, int perBatch) {
    EventBatch batch = new EventBatch();
    long end = 0;
    for (int left = events; left > 0; left -= perBatch) {
      end = end(driver.append(end, next(batch, payloads, Math.min(left, perBatch))));
    }
    return end;
  }

  /** Shows the events of a buffer to an answer. */
  static void take(EventBuffer buffer, Answer answer) {
    for (int i = 0; i < buffer.count(); i++) {
      int content = buffer.contentOffset(i);
      long sequence = (long) FrameCodec.LONG.get(buffer.array(), content);
      int sealAt = content + buffer.contentBytes(i) - Long.BYTES;
      long seal = (long) FrameCodec.LONG.get(buffer.array(), sealAt);
      if (answer.record(sequence, seal, buffer.contentBytes(i))) {
        answer.content(buffer.content(i));
      }
    }
  }

  /** Reads a whole chain with a driver that has not seen it. */
  static void readAll(BlobContainer container, Answer answer) {
    EventBuffer buffer = new EventBuffer(CHECK_BYTES);
    try (BlobChainDriver driver = open(container)) {
      long position = driver.read(0, buffer);
      while (buffer.count() > 0) {
        take(buffer, answer);
        position = driver.read(position, buffer);
      }
    }
  }

  /** The container behind so many milliseconds of latency; itself with none. */
  static BlobContainer delayed(BlobContainer container, int latencyMillis) {
    return latencyMillis == 0
        ? container
        : new DelayedContainer(
            container,
            Latency.fixed(Duration.ofMillis(latencyMillis)),
            Timing.SYSTEM,
            new SplittableRandom(latencyMillis));
  }
}
