package dev.varve.chain;

import dev.varve.StorageException.Corrupt;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Copies full links. A copy has the bytes of its link, in blocks whose ids and bounds follow from
 * the link alone, so two who make the same copy stage the same blocks; the first commit counts.
 */
final class Compaction {
  private final BlobContainer container;
  private final Requests requests;
  private final Slices slices;
  private final CompactedCopies copies;
  private final Gate gate;

  Compaction(
      BlobContainer container,
      Requests requests,
      Slices slices,
      CompactedCopies copies,
      Gate gate) {
    this.container = container;
    this.requests = requests;
    this.slices = slices;
    this.copies = copies;
    this.gate = gate;
  }

  /** Copies a link that is not the last one; false if it has a copy already. */
  boolean copy(ChainState state, int link) {
    if (copies.has(link)) {
      return false;
    }
    FrameCheck check = new FrameCheck(link, state.links().start(link));
    List<String> blockIds = stage(state, link, check);
    check.end();
    Map<String, String> metadata = LinkMetadata.created(state.links().start(link), false);
    if (check.firstKey() > 0) {
      metadata = LinkMetadata.merged(metadata, LinkMetadata.FIRST_KEY, check.firstKey());
      metadata = LinkMetadata.merged(metadata, LinkMetadata.MAX_KEY, check.maxKey());
    }
    boolean ours = commit(link, blockIds, metadata);
    look(state, link);
    return ours;
  }

  private List<String> stage(ChainState state, int link, FrameCheck check) {
    long start = state.links().start(link);
    long end = state.endOf(link);
    List<String> blockIds = new ArrayList<>();
    byte[] block = new byte[(int) Math.min(container.limits().appendBytes(), end - start)];
    for (long position = start; position < end; position += block.length) {
      gate.check();
      int length = (int) Math.min(block.length, end - position);
      fetch(state, position, block, length);
      check.add(block, length);
      blockIds.add(String.format(Locale.ROOT, "%05d", blockIds.size()));
      stage(link, blockIds.getLast(), ByteBuffer.wrap(block, 0, length));
    }
    return blockIds;
  }

  private void fetch(ChainState state, long position, byte[] block, int length) {
    Slices.Fetched fetched = slices.fetch(state, position, block, length, requests.deadline());
    if (fetched.failure() != null) {
      throw fetched.failure();
    }
  }

  private void stage(int link, String blockId, ByteBuffer data) {
    String name = LinkNames.copy(link);
    try {
      requests.repeated(
          "stage a block of",
          name,
          requests.deadline(),
          timeout -> {
            container.stageBlock(name, blockId, data, timeout);
            return blockId;
          });
    } catch (ContainerException refusal) {
      throw Requests.unavailable("stage a block of", name, refusal);
    }
  }

  /** False when somebody else, or a request whose answer was lost, has committed it. */
  private boolean commit(int link, List<String> blockIds, Map<String, String> metadata) {
    String name = LinkNames.copy(link);
    try {
      return requests.repeated(
          "commit",
          name,
          requests.deadline(),
          timeout -> commit(name, blockIds, metadata, timeout));
    } catch (ContainerException refusal) {
      // A commit takes all staged blocks with it, those that another one has staged included.
      boolean there =
          refusal.reason() == Reason.ALREADY_EXISTS || refusal.reason() == Reason.INVALID_BLOCKS;
      if (!there) {
        throw Requests.unavailable("commit", name, refusal);
      }
      return false;
    }
  }

  private boolean commit(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    container.commitBlocks(name, blockIds, metadata, timeout);
    return true;
  }

  private void look(ChainState state, int link) {
    String name = LinkNames.copy(link);
    long expected = state.endOf(link) - state.links().start(link);
    BlobProperties copy =
        requests
            .properties(name, requests.deadline())
            .orElseThrow(
                () -> Corrupt.inBlob(name, 0, state.links().start(link), "the copy", "none"));
    if (!copies.note(state, link, copy.length(), copy.metadata())) {
      throw Corrupt.inBlob(
          name,
          copy.length(),
          state.links().start(link),
          "a copy of %d bytes that begins at %d".formatted(expected, state.links().start(link)),
          "one of %d with metadata %s".formatted(copy.length(), copy.metadata()));
    }
  }
}
