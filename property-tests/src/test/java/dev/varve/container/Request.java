package dev.varve.container;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.ContainerException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request of a random sequence, which any container can be asked. Offsets are given as distances
 * from the end that the blob has when the request is made, so that a request stays meaningful while
 * the sequence around it shrinks.
 */
sealed interface Request {
  /** Makes it; what comes back, as text that can be compared. */
  String askOf(BlobContainer container, long end) throws ContainerException;

  /** The blob that it is about, empty for a listing. */
  String name();

  /** Nothing here tests time: this is for a container that hangs. */
  Duration TIMEOUT = Duration.ofSeconds(60);

  /** An empty append blob. */
  record Create(String name, Map<String, String> metadata) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      container.create(name, metadata, TIMEOUT);
      return "created";
    }
  }

  /** A block at a distance from the end, at byte 0 at the lowest. */
  record Append(String name, int fromEnd, int size, int fill) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      long offset = Math.max(0, end + fromEnd);
      return "block " + container.append(name, offset, filled(size, fill), TIMEOUT);
    }
  }

  /** What is known of a blob. */
  record Properties(String name) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      var found = container.properties(name, TIMEOUT);
      return "%d bytes, %d blocks, %s"
          .formatted(found.length(), found.blocks(), new TreeMap<>(found.metadata()));
    }
  }

  /** A range at a distance from the end, from byte 0 at the lowest. */
  record Read(String name, int fromEnd, int atMost) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      ByteBuffer target = ByteBuffer.allocate(atMost);
      int count = container.read(name, Math.max(0, end + fromEnd), target, TIMEOUT);
      return "%d, %s"
          .formatted(
              count, HexFormat.of().formatHex(Arrays.copyOf(target.array(), target.position())));
    }
  }

  /** Blobs by their prefix. */
  record Listing(String prefix) implements Request {
    @Override
    public String name() {
      return "";
    }

    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      return container.list(prefix, TIMEOUT).stream()
          .map(
              blob ->
                  "%s %d %s".formatted(blob.name(), blob.length(), new TreeMap<>(blob.metadata())))
          .toList()
          .toString();
    }
  }

  /** Other metadata. */
  record SetMetadata(String name, Map<String, String> metadata) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      container.setMetadata(name, metadata, TIMEOUT);
      return "set";
    }
  }

  /** A block that waits for its commit. */
  record Stage(String name, String id, int size, int fill) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      container.stageBlock(name, id, filled(size, fill), TIMEOUT);
      return "staged";
    }
  }

  /** A block blob of staged blocks. */
  record Commit(String name, List<String> ids, Map<String, String> metadata) implements Request {
    @Override
    public String askOf(BlobContainer container, long end) throws ContainerException {
      container.commitBlocks(name, ids, metadata, TIMEOUT);
      return "committed";
    }
  }

  private static ByteBuffer filled(int size, int fill) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) fill);
    return ByteBuffer.wrap(bytes);
  }
}
