package dev.varve.chain;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A container whose listings do not show some blobs, as if they had come later. */
record HidingContainer(BlobContainer target, Predicate<String> hidden) implements BlobContainer {
  @Override
  public BlobLimits limits() {
    return target.limits();
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    return target.list(prefix, timeout).stream().filter(blob -> !hidden.test(blob.name())).toList();
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    target.create(name, metadata, timeout);
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    return target.append(name, offset, data, timeout);
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    return target.properties(name, timeout);
  }

  @Override
  public int read(String name, long offset, ByteBuffer bytes, Duration timeout)
      throws ContainerException {
    return target.read(name, offset, bytes, timeout);
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    target.setMetadata(name, metadata, timeout);
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    target.stageBlock(name, blockId, data, timeout);
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    target.commitBlocks(name, blockIds, metadata, timeout);
  }
}
