package dev.varve.fuzz;

import dev.varve.StorageException;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ChainOptions;
import dev.varve.chain.InMemoryContainer;
import dev.varve.driver.BufferTooSmallException;
import dev.varve.driver.EventBatch;
import dev.varve.driver.EventBuffer;
import dev.varve.kit.Payloads;
import java.util.List;

/** What a chain does with the blobs of a container: events, or what is wrong. */
final class Chains {
  static final List<String> LINKS = List.of("events.00001", "events.00002", "events.00003");

  /** What reading a small chain allocates besides. */
  private static final long CONSTANT = 2 << 20;

  private Chains() {}

  /** Two full links and one of one block. */
  static InMemoryContainer whole() {
    InMemoryContainer container = new InMemoryContainer(new BlobLimits(1 << 16, 2));
    try (BlobChainDriver driver = open(container)) {
      for (int block = 0; block < 5; block++) {
        EventBatch batch = new EventBatch();
        batch.add(2L * block + 1, Payloads.bytes(1, block, 8 * block));
        batch.add(2L * block + 2, Payloads.bytes(2, block, 16));
        String outcome = driver.append(driver.end(), batch).toString();
        if (!outcome.startsWith("Appended")) {
          throw new AssertionError(outcome);
        }
      }
    }
    return container;
  }

  private static BlobChainDriver open(InMemoryContainer container) {
    return BlobChainDriver.open(container, ChainOptions.defaults().withParallelism(1));
  }

  /** Opens the chain, walks it, seeks in it, in bounded memory. */
  static void check(byte[] input, InMemoryContainer container) {
    BoundedMemory.run(
        input,
        CONSTANT,
        () -> {
          try (BlobChainDriver driver = open(container)) {
            walk(driver);
            long newest = driver.lastKey();
            long ignored = driver.seek(Math.max(0, newest), 0);
          } catch (StorageException.Corrupt
              | StorageException.UnsupportedFormat
              | BufferTooSmallException typed) {
            checkMessage(typed);
          } catch (IllegalArgumentException typed) {
            checkNested(typed);
          }
        });
  }

  private static void checkMessage(RuntimeException typed) {
    if (String.valueOf(typed.getMessage()).isBlank()) {
      throw new AssertionError("a failure that says nothing", typed);
    }
  }

  /** With a whole frame made to lie around the end of another, the position counts as wrong. */
  private static void checkNested(IllegalArgumentException typed) {
    if (!String.valueOf(typed.getMessage()).endsWith("it is inside of one")) {
      throw typed;
    }
  }

  private static void walk(BlobChainDriver driver) {
    EventBuffer buffer = new EventBuffer(1024);
    long position = driver.read(0, buffer);
    while (buffer.count() > 0) {
      for (int i = 0; i < buffer.count(); i++) {
        if (buffer.key(i) == 0) {
          throw new AssertionError("a marker was shown at " + buffer.position(i));
        }
      }
      position = driver.read(position, buffer);
    }
  }
}
