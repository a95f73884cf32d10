package dev.varve.kit.chain;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.ListedBlob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of a container as the kit's own tests need: append blobs, and no more checks than that.
 */
final class TinyContainer implements BlobContainer {
  private final Map<String, Blob> blobs = new TreeMap<>();
  private final int blocks;

  private static final class Blob {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int blocks;
    Map<String, String> metadata;

    Blob(Map<String, String> metadata) {
      this.metadata = metadata;
    }
  }

  TinyContainer(int blocks) {
    this.blocks = blocks;
  }

  /** What is in a blob, as text. */
  synchronized String text(String name) {
    Blob blob = blobs.get(name);
    return blob == null ? "" : blob.bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public BlobLimits limits() {
    return new BlobLimits(1024, blocks);
  }

  @Override
  public synchronized void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    if (blobs.putIfAbsent(name, new Blob(metadata)) != null) {
      throw refusal(Reason.ALREADY_EXISTS, 409);
    }
  }

  @Override
  public synchronized int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    Blob blob = blob(name);
    if (blob.blocks == blocks) {
      throw refusal(Reason.BLOCK_COUNT, 409);
    }
    if (blob.bytes.size() != offset) {
      throw refusal(Reason.WRONG_POSITION, 412);
    }
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    blob.bytes.writeBytes(bytes);
    return ++blob.blocks;
  }

  @Override
  public synchronized BlobProperties properties(String name, Duration timeout)
      throws ContainerException {
    Blob blob = blob(name);
    return new BlobProperties(blob.bytes.size(), blob.blocks, blob.metadata);
  }

  @Override
  public synchronized int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    byte[] bytes = blob(name).bytes.toByteArray();
    if (offset >= bytes.length) {
      throw refusal(Reason.RANGE, 416);
    }
    int length = Math.min(target.remaining(), bytes.length - (int) offset);
    target.put(bytes, (int) offset, length);
    return length;
  }

  @Override
  public synchronized List<ListedBlob> list(String prefix, Duration timeout) {
    return blobs.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(
            entry ->
                new ListedBlob(
                    entry.getKey(), entry.getValue().bytes.size(), entry.getValue().metadata))
        .toList();
  }

  @Override
  public synchronized void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    blob(name).metadata = metadata;
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    throw refusal(Reason.REFUSED, 400);
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    throw refusal(Reason.REFUSED, 400);
  }

  private Blob blob(String name) throws ContainerException {
    Blob blob = blobs.get(name);
    if (blob == null) {
      throw refusal(Reason.NOT_FOUND, 404);
    }
    return blob;
  }

  private static ContainerException refusal(Reason reason, int status) {
    return new ContainerException(reason, status, reason.name(), reason.name(), null, null);
  }
}
