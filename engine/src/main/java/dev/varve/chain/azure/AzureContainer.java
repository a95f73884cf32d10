package dev.varve.chain.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.AppendBlobRequestConditions;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.AppendBlobAppendBlockOptions;
import com.azure.storage.blob.options.AppendBlobCreateOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.AppendBlobAsyncClient;
import com.azure.storage.blob.specialized.BlobAsyncClientBase;
import com.azure.storage.blob.specialized.BlockBlobAsyncClient;
import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.ListedBlob;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container of Azure Storage, or of an emulator of it.
 *
 * <p>A call is one request, a listing one per page; the retries that the SDK would make are
 * switched off. The timeout of a call is the time until its whole answer is there; when it is over,
 * or the calling thread is interrupted while it waits, the request is given up with {@link
 * Reason#NO_ANSWER} and may still reach the service. An interrupt is kept, and one from before the
 * call does not end it. Bytes to be sent are copied first, so a buffer is the caller's again when
 * the call returns, however it ends.
 *
 * <p>The container itself has to exist: {@link #createIfAbsent} makes it, where its rights allow.
 * Nothing has to be closed: the threads and connections of the factories' own transport end when
 * they are no longer used.
 */
public final class AzureContainer implements BlobContainer {
  private static final String ABSENT = "*";
  private static final DownloadRetryOptions NO_RESUME =
      new DownloadRetryOptions().setMaxRetryRequests(0);

  private final BlobContainerAsyncClient container;

  private AzureContainer(BlobContainerAsyncClient container) {
    this.container = container;
  }

  /**
   * The container of that name in the account of a connection string, as the service's portal shows
   * it.
   *
   * @throws IllegalArgumentException for a string that is none
   */
  public static AzureContainer ofConnectionString(String connectionString, String containerName) {
    return of(Clients.builder().connectionString(connectionString).containerName(containerName));
  }

  /**
   * The container that a shared access signature was given out for.
   *
   * @param url the container's address with the signature as its query
   * @throws IllegalArgumentException for an address that is none
   */
  public static AzureContainer ofSasUrl(String url) {
    return of(Clients.builder().endpoint(url));
  }

  /**
   * The container of that name, with a shared access signature of the container or its account.
   *
   * @param endpoint of the account, such as {@code https://ACCOUNT.blob.core.windows.net}
   * @param token the signature, with or without a question mark in front
   * @throws IllegalArgumentException for an endpoint that is no address
   */
  public static AzureContainer ofSasToken(String endpoint, String containerName, String token) {
    return of(Clients.builder().endpoint(endpoint).containerName(containerName).sasToken(token));
  }

  /**
   * The container of that name, with the rights of an identity.
   *
   * @param endpoint of the account, such as {@code https://ACCOUNT.blob.core.windows.net}
   * @param credential gives the tokens; waiting for one is part of a call's time
   * @throws IllegalArgumentException for an endpoint that is no address, or not {@code https}
   */
  public static AzureContainer of(
      String endpoint, String containerName, TokenCredential credential) {
    return of(
        Clients.builder().endpoint(endpoint).containerName(containerName).credential(credential));
  }

  /** The container that a builder of the SDK describes, on the transport that it names. */
  public static AzureContainer of(BlobContainerClientBuilder builder) {
    return of(builder.buildClient());
  }

  /**
   * The container of a client of the SDK, on its transport and with its policies, apart from those
   * that retry. Limits of time in the transport go on to hold.
   */
  public static AzureContainer of(BlobContainerClient client) {
    return new AzureContainer(Clients.withoutRetries(client));
  }

  /**
   * Creates the container itself.
   *
   * @return false when there is one of that name
   */
  public boolean createIfAbsent(Duration timeout) throws ContainerException {
    try {
      Answers.await(container.createWithResponse(null, null), timeout);
      return true;
    } catch (ContainerException refused) {
      if (refused.reason() == Reason.ALREADY_EXISTS) {
        return false;
      }
      throw refused;
    }
  }

  @Override
  public BlobLimits limits() {
    return BlobLimits.AZURE;
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    AppendBlobCreateOptions options =
        new AppendBlobCreateOptions().setMetadata(metadata).setRequestConditions(ifAbsent());
    Answers.awaitCreation(appendBlob(name).createWithResponse(options), timeout);
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    AppendBlobAppendBlockOptions options =
        new AppendBlobAppendBlockOptions(copy(data))
            .setRequestConditions(new AppendBlobRequestConditions().setAppendPosition(offset));
    @Nullable Integer blocks =
        Answers.await(appendBlob(name).appendBlockWithResponse(options), timeout)
            .getValue()
            .getBlobCommittedBlockCount();
    return blocks == null ? 0 : blocks;
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    var found = Answers.await(blob(name).getPropertiesWithResponse(null), timeout).getValue();
    @Nullable Integer blocks = found.getCommittedBlockCount();
    return new BlobProperties(
        found.getBlobSize(), blocks == null ? 0 : blocks, lowerCase(found.getMetadata()));
  }

  @Override
  public int read(String name, long offset, ByteBuffer target, Duration timeout)
      throws ContainerException {
    if (offset < 0 || !target.hasRemaining()) {
      throw new IllegalArgumentException(
          "cannot read %d bytes from %d".formatted(target.remaining(), offset));
    }
    BlobRange range = new BlobRange(offset, (long) target.remaining());
    Range answer =
        Answers.await(
            blob(name)
                .downloadStreamWithResponse(range, NO_RESUME, null, false)
                .flatMap(Range::whole),
            timeout);
    return answer.copyTo(target, offset);
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    ListBlobsOptions options =
        new ListBlobsOptions()
            .setPrefix(prefix.isEmpty() ? null : prefix)
            .setDetails(new BlobListDetails().setRetrieveMetadata(true));
    return Answers.await(
        container.listBlobs(options).map(AzureContainer::listed).collectList(), timeout);
  }

  private static ListedBlob listed(BlobItem item) {
    return new ListedBlob(
        item.getName(), item.getProperties().getContentLength(), lowerCase(item.getMetadata()));
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    Answers.await(blob(name).setMetadataWithResponse(metadata, null), timeout);
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    BlockBlobStageBlockOptions options =
        new BlockBlobStageBlockOptions(encoded(blockId), copy(data));
    Answers.await(blockBlob(name).stageBlockWithResponse(options), timeout);
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    BlockBlobCommitBlockListOptions options =
        new BlockBlobCommitBlockListOptions(blockIds.stream().map(AzureContainer::encoded).toList())
            .setMetadata(metadata)
            .setRequestConditions(ifAbsent());
    Answers.awaitCreation(blockBlob(name).commitBlockListWithResponse(options), timeout);
  }

  private BlobAsyncClientBase blob(String name) {
    return container.getBlobAsyncClient(name);
  }

  private AppendBlobAsyncClient appendBlob(String name) {
    return container.getBlobAsyncClient(name).getAppendBlobAsyncClient();
  }

  private BlockBlobAsyncClient blockBlob(String name) {
    return container.getBlobAsyncClient(name).getBlockBlobAsyncClient();
  }

  private static BlobRequestConditions ifAbsent() {
    return new BlobRequestConditions().setIfNoneMatch(ABSENT);
  }

  /** The service takes ids in Base64 only. */
  private static String encoded(String blockId) {
    return Base64.getEncoder().encodeToString(blockId.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A request that was given up may still be on its way to the service; it must not see what the
   * caller writes into the buffer afterwards.
   */
  private static BinaryData copy(ByteBuffer data) {
    BlobLimits.AZURE.checkBlock(data.remaining());
    byte[] bytes = new byte[data.remaining()];
    data.get(data.position(), bytes);
    return BinaryData.fromBytes(bytes);
  }

  /** Services and transports differ in the case in which they give names back. */
  private static Map<String, String> lowerCase(@Nullable Map<String, String> metadata) {
    Map<String, String> lower = new HashMap<>();
    if (metadata != null) {
      metadata.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    }
    return lower;
  }
}
