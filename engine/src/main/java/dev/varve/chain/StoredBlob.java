package dev.varve.chain;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A blob in memory: its blocks as they came, so that an append copies nothing but itself. */
final class StoredBlob {
  /** How a blob came to be, and what can be done with it. */
  enum Kind {
    APPEND,
    BLOCK
  }

  private final String name;
  private final Kind kind;
  private Map<String, String> metadata;
  private byte[][] chunks = new byte[4][];

  /** Where each chunk ends. */
  private long[] limits = new long[4];

  private int count;
  private int appends;

  StoredBlob(String name, Kind kind, Map<String, String> metadata) {
    this.name = name;
    this.kind = kind;
    this.metadata = Map.copyOf(metadata);
  }

  /** A block blob of these blocks. */
  static StoredBlob ofBlocks(String name, List<byte[]> blocks, Map<String, String> metadata) {
    StoredBlob blob = new StoredBlob(name, Kind.BLOCK, metadata);
    blocks.forEach(blob::add);
    return blob;
  }

  synchronized int append(long offset, byte[] data, int mostBlocks) throws ContainerException {
    if (kind != Kind.APPEND) {
      throw ServiceError.BLOB_TYPE.of(name);
    }
    if (appends >= mostBlocks) {
      throw ServiceError.BLOCK_COUNT.of(name);
    }
    if (offset != length()) {
      throw ServiceError.POSITION.of(name);
    }
    add(data);
    return ++appends;
  }

  private synchronized void add(byte[] data) {
    if (count == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * count);
      limits = Arrays.copyOf(limits, 2 * count);
    }
    limits[count] = length() + data.length;
    chunks[count++] = data;
  }

  synchronized int read(long offset, ByteBuffer target) throws ContainerException {
    if (offset >= length()) {
      throw ServiceError.RANGE.of(name);
    }
    int chunk = chunkAt(offset);
    int start = target.position();
    for (long at = offset; at < length() && target.hasRemaining(); chunk++) {
      int within = (int) (at - limits[chunk] + chunks[chunk].length);
      int bytes = Math.min(chunks[chunk].length - within, target.remaining());
      target.put(chunks[chunk], within, bytes);
      at += bytes;
    }
    return target.position() - start;
  }

  private int chunkAt(long offset) {
    int found = Arrays.binarySearch(limits, 0, count, offset);
    int chunk = found >= 0 ? found + 1 : -found - 1;
    while (chunks[chunk].length == 0) {
      chunk++;
    }
    return chunk;
  }

  synchronized BlobProperties properties() {
    return new BlobProperties(length(), appends, metadata);
  }

  synchronized ListedBlob listed() {
    return new ListedBlob(name, length(), metadata);
  }

  synchronized void setMetadata(Map<String, String> replacement) {
    metadata = Map.copyOf(replacement);
  }

  synchronized byte[] content() {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(length()));
    for (int chunk = 0; chunk < count; chunk++) {
      all.put(chunks[chunk]);
    }
    return all.array();
  }

  synchronized void replaceContent(byte[] content) {
    count = 0;
    add(content);
  }

  Kind kind() {
    return kind;
  }

  private long length() {
    return count == 0 ? 0 : limits[count - 1];
  }
}
