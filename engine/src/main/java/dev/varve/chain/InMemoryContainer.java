package dev.varve.chain;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * A container in the memory of this process that keeps the rules of Azure Storage: its conditions
 * and the order in which they are looked at, its limits, its error codes. It answers at once; it
 * counts the requests it gets.
 *
 * <p>Several drivers that share one act as several processes that share an account. Safe from any
 * thread.
 */
public final class InMemoryContainer implements BlobContainer {
  /** A kind of request. */
  public enum Request {
    /** {@link BlobContainer#create}. */
    CREATE,
    /** {@link BlobContainer#append}. */
    APPEND,
    /** {@link BlobContainer#properties}. */
    PROPERTIES,
    /** {@link BlobContainer#read}. */
    READ,
    /** A page of {@link BlobContainer#list}. */
    LIST,
    /** {@link BlobContainer#setMetadata}. */
    SET_METADATA,
    /** {@link BlobContainer#stageBlock}. */
    STAGE_BLOCK,
    /** {@link BlobContainer#commitBlocks}. */
    COMMIT_BLOCKS
  }

  private static final int PAGE_BLOBS = 5_000;
  private static final int MOST_BLOCKS = 50_000;
  private static final int MOST_METADATA_BYTES = 8 << 10;
  private static final int MOST_BLOCK_ID_CHARACTERS = 64;
  private static final Pattern METADATA_NAME = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern METADATA_VALUE = Pattern.compile("[ -~]*");

  private final BlobLimits limits;
  private final ConcurrentNavigableMap<String, StoredBlob> blobs = new ConcurrentSkipListMap<>();
  private final Map<Request, LongAdder> requests = new EnumMap<>(Request.class);

  /** Blocks that wait for their commit, by blob and id. Its monitor guards blobs coming to be. */
  private final Map<String, Map<String, byte[]>> staged = new HashMap<>();

  /** An empty container with these limits. */
  public InMemoryContainer(BlobLimits limits) {
    this.limits = limits;
    for (Request kind : Request.values()) {
      requests.put(kind, new LongAdder());
    }
  }

  /** How many requests of a kind there have been, refused ones included. */
  public long requests(Request kind) {
    return counter(kind).sum();
  }

  /** How many requests there have been in all. */
  public long requests() {
    long sum = 0;
    for (Request kind : Request.values()) {
      sum += requests(kind);
    }
    return sum;
  }

  @Override
  public BlobLimits limits() {
    return limits;
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    count(Request.CREATE, 1);
    checkMetadata(name, metadata);
    synchronized (staged) {
      StoredBlob blob = new StoredBlob(name, StoredBlob.Kind.APPEND, metadata);
      if (blobs.putIfAbsent(name, blob) != null) {
        throw ServiceError.EXISTS.of(name);
      }
      staged.remove(name);
    }
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    byte[] bytes = body(data);
    count(Request.APPEND, 1);
    return found(name).append(offset, bytes, limits.blocks());
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    count(Request.PROPERTIES, 1);
    return found(name).properties();
  }

  @Override
  public int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    if (offset < 0 || !target.hasRemaining()) {
      throw new IllegalArgumentException(
          "a read is of at least one byte from offset 0 on, not of %d from %d"
              .formatted(target.remaining(), offset));
    }
    count(Request.READ, 1);
    return found(name).read(offset, target);
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) {
    List<ListedBlob> found = new ArrayList<>();
    for (StoredBlob blob : blobs.tailMap(prefix).values()) {
      ListedBlob listed = blob.listed();
      if (!listed.name().startsWith(prefix)) {
        break;
      }
      found.add(listed);
    }
    count(Request.LIST, Math.max(1, Math.ceilDiv(found.size(), PAGE_BLOBS)));
    return found;
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    count(Request.SET_METADATA, 1);
    checkMetadata(name, metadata);
    found(name).setMetadata(metadata);
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    byte[] bytes = body(data);
    count(Request.STAGE_BLOCK, 1);
    synchronized (staged) {
      StoredBlob blob = blobs.get(name);
      if (blob != null && blob.kind() != StoredBlob.Kind.BLOCK) {
        throw ServiceError.BLOB_TYPE.of(name);
      }
      Map<String, byte[]> blocks = staged.computeIfAbsent(name, key -> new HashMap<>());
      if (!fits(blockId, blocks)) {
        throw ServiceError.BLOCK_ID.of(name);
      }
      blocks.put(blockId, bytes);
    }
  }

  private static boolean fits(String blockId, Map<String, byte[]> blocks) {
    return !blockId.isEmpty()
        && blockId.length() <= MOST_BLOCK_ID_CHARACTERS
        && blocks.keySet().stream().allMatch(id -> id.length() == blockId.length());
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    count(Request.COMMIT_BLOCKS, 1);
    checkMetadata(name, metadata);
    if (blockIds.size() > MOST_BLOCKS) {
      throw ServiceError.BLOCK_LIST_LENGTH.of(name);
    }
    synchronized (staged) {
      if (blobs.containsKey(name)) {
        throw ServiceError.EXISTS.of(name);
      }
      blobs.put(name, StoredBlob.ofBlocks(name, stagedBlocks(name, blockIds), metadata));
      staged.remove(name);
    }
  }

  private List<byte[]> stagedBlocks(String name, List<String> blockIds) throws ContainerException {
    Map<String, byte[]> blocks = staged.getOrDefault(name, Map.of());
    List<byte[]> found = new ArrayList<>();
    for (String id : blockIds) {
      byte[] block = blocks.get(id);
      if (block == null) {
        throw ServiceError.BLOCK_LIST.of(name);
      }
      found.add(block);
    }
    return found;
  }

  /**
   * For tests: a blob's bytes.
   *
   * @throws NoSuchElementException when there is none of that name
   */
  public byte[] content(String name) {
    return present(name).content();
  }

  /**
   * For tests of damage: gives a blob other bytes, which no service does.
   *
   * @throws NoSuchElementException when there is none of that name
   */
  public void tamper(String name, byte[] content) {
    present(name).replaceContent(content.clone());
  }

  /**
   * For tests of loss: deletes a blob.
   *
   * @throws NoSuchElementException when there is none of that name
   */
  public void remove(String name) {
    if (blobs.remove(name) == null) {
      throw new NoSuchElementException(name);
    }
  }

  private StoredBlob present(String name) {
    StoredBlob blob = blobs.get(name);
    if (blob == null) {
      throw new NoSuchElementException(name);
    }
    return blob;
  }

  private StoredBlob found(String name) throws ContainerException {
    StoredBlob blob = blobs.get(name);
    if (blob == null) {
      throw ServiceError.NOT_FOUND.of(name);
    }
    return blob;
  }

  private byte[] body(ByteBuffer data) {
    limits.checkBlock(data.remaining());
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  private static void checkMetadata(String name, Map<String, String> metadata)
      throws ContainerException {
    int bytes = 0;
    for (Entry<String, String> entry : metadata.entrySet()) {
      if (!METADATA_NAME.matcher(entry.getKey()).matches()
          || !METADATA_VALUE.matcher(entry.getValue()).matches()) {
        throw ServiceError.METADATA.of(name);
      }
      bytes += entry.getKey().length() + entry.getValue().length();
    }
    if (bytes > MOST_METADATA_BYTES) {
      throw ServiceError.METADATA_TOO_LARGE.of(name);
    }
  }

  private void count(Request kind, int times) {
    counter(kind).add(times);
  }

  private LongAdder counter(Request kind) {
    return Objects.requireNonNull(requests.get(kind));
  }
}
