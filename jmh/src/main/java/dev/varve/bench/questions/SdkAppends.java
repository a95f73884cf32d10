package dev.varve.bench.questions;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.options.AppendBlobAppendBlockOptions;
import com.azure.storage.blob.specialized.AppendBlobClient;
import java.time.Duration;

/** Appends to blobs by the SDK's own blocking client, one after the other, at the known end. */
final class SdkAppends {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_BLOCKS = 50_000;

  private final BlobContainerClient container;
  private final byte[] block;
  private AppendBlobClient blob;
  private int blobs;
  private long blocks;

  SdkAppends(BlobContainerClient container, int blockBytes) {
    this.container = container;
    block = new byte[blockBytes];
    blob = next();
  }

  private AppendBlobClient next() {
    blocks = 0;
    return container.getBlobClient("sdk." + ++blobs).getAppendBlobClient();
  }

  /** Appends; the first append to a blob creates it. */
  void append() {
    if (blocks == MOST_BLOCKS) {
      blob = next();
    }
    if (blocks == 0) {
      blob.create();
    }
    AppendBlobRequestConditions atTheEnd =
        new AppendBlobRequestConditions().setAppendPosition(blocks * block.length);
    blob.appendBlockWithResponse(
        new AppendBlobAppendBlockOptions(BinaryData.fromBytes(block))
            .setRequestConditions(atTheEnd),
        TIMEOUT,
        Context.NONE);
    blocks++;
  }

  /** Throws unless the last blob has the bytes of its appends. */
  void requireAll() {
    long bytes = blocks == 0 ? 0 : blob.getProperties().getBlobSize();
    if (bytes != blocks * block.length) {
      throw new IllegalStateException(
          "wrong answer: %d bytes of %d blocks".formatted(bytes, blocks));
    }
  }
}
