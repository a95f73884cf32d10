package dev.varve.bench.questions;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ListedBlob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A container whose every request takes some time more, as one in another building does; requests
 * of several threads take theirs side by side. Safe from any thread.
 */
final class DelayedContainer implements BlobContainer {
  private final BlobContainer container;
  private final Duration latency;

  private DelayedContainer(BlobContainer container, Duration latency) {
    this.container = container;
    this.latency = latency;
  }

  /** The container with that latency; itself with none. */
  static BlobContainer of(BlobContainer container, int latencyMillis) {
    return latencyMillis == 0
        ? container
        : new DelayedContainer(container, Duration.ofMillis(latencyMillis));
  }

  private BlobContainer delayed() {
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted during a request", e);
    }
    return container;
  }

  @Override
  public BlobLimits limits() {
    return container.limits();
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed().create(name, metadata, timeout);
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    return delayed().append(name, offset, data, timeout);
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    return delayed().properties(name, timeout);
  }

  @Override
  public int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    return delayed().read(name, offset, target, timeout);
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    return delayed().list(prefix, timeout);
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed().setMetadata(name, metadata, timeout);
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    delayed().stageBlock(name, blockId, data, timeout);
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    delayed().commitBlocks(name, blockIds, metadata, timeout);
  }
}
