package dev.varve.kit.chain;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ListedBlob;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A container whose requests all pass through one place. */
abstract class InterceptedContainer implements BlobContainer {
  private final BlobContainer inner;

  InterceptedContainer(BlobContainer inner) {
    this.inner = inner;
  }

  /** Sends a request to the container inside, or does something else. */
  abstract <T> T pass(Request<T> request) throws ContainerException;

  @Override
  public final BlobLimits limits() {
    return inner.limits();
  }

  @Override
  public final void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    Map<String, String> kept = Map.copyOf(metadata);
    pass(request(Request.Kind.CREATE, name, "", () -> inner.create(name, kept, timeout)));
  }

  @Override
  public final int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    ByteBuffer kept = copy(data);
    String detail = "%d bytes at %d".formatted(kept.remaining(), offset);
    return pass(
        new Request<>(
            Request.Kind.APPEND,
            name,
            detail,
            () -> inner.append(name, offset, kept.duplicate(), timeout)));
  }

  @Override
  public final BlobProperties properties(String name, Duration timeout) throws ContainerException {
    return pass(
        new Request<>(Request.Kind.PROPERTIES, name, "", () -> inner.properties(name, timeout)));
  }

  @Override
  public final int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    String detail = "%d bytes at %d".formatted(target.remaining(), offset);
    Request.Call<Integer> whole = () -> inner.read(name, offset, target, timeout);
    return pass(
        new Request<>(Request.Kind.READ, name, detail, whole) {
          @Override
          void sendAndCut(int bytes) throws ContainerException {
            int limit = target.limit();
            target.limit(target.position() + Math.min(bytes, target.remaining()));
            try {
              if (target.hasRemaining()) {
                send();
              }
            } finally {
              target.limit(limit);
            }
          }
        });
  }

  @Override
  public final List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    return pass(
        new Request<>(Request.Kind.LIST, prefix, "", () -> inner.list(prefix, timeout)) {
          @Override
          List<ListedBlob> older(List<ListedBlob> answer) {
            return answer.isEmpty() ? answer : answer.subList(0, answer.size() - 1);
          }
        });
  }

  @Override
  public final void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    Map<String, String> kept = Map.copyOf(metadata);
    pass(
        request(
            Request.Kind.SET_METADATA,
            name,
            kept.toString(),
            () -> inner.setMetadata(name, kept, timeout)));
  }

  @Override
  public final void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    ByteBuffer kept = copy(data);
    pass(
        request(
            Request.Kind.STAGE_BLOCK,
            name,
            blockId,
            () -> inner.stageBlock(name, blockId, kept.duplicate(), timeout)));
  }

  @Override
  public final void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    List<String> keptIds = List.copyOf(blockIds);
    Map<String, String> kept = Map.copyOf(metadata);
    pass(
        request(
            Request.Kind.COMMIT_BLOCKS,
            name,
            keptIds.size() + " blocks",
            () -> inner.commitBlocks(name, keptIds, kept, timeout)));
  }

  /** A request whose answer says no more than that it was applied. */
  @FunctionalInterface
  private interface Command {
    void send() throws ContainerException;
  }

  private static Request<String> request(
      Request.Kind kind, String name, String detail, Command command) {
    return new Request<>(
        kind,
        name,
        detail,
        () -> {
          command.send();
          return "done";
        });
  }

  private static ByteBuffer copy(ByteBuffer data) {
    ByteBuffer copy = ByteBuffer.allocate(data.remaining());
    return copy.put(data.duplicate()).flip().asReadOnlyBuffer();
  }
}
