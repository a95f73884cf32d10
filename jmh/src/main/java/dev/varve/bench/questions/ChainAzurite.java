package dev.varve.bench.questions;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Kind;
import dev.varve.bench.systems.Payloads;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ContainerException;
import dev.varve.chain.azure.AzureContainer;
import dev.varve.codec.EventFrame;
import dev.varve.driver.EventBatch;
import dev.varve.kit.azurite.AzuriteInstallation;
import dev.varve.kit.azurite.AzuriteProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does an append to a chain on Azurite cost beyond the bare call of the SDK?
 *
 * <p>Hypothesis: the request is all there is to see; driver and adapter add less than 5 %. Control:
 * {@code sdk}, the SDK's own client appending blocks of the same size on the same condition, and
 * {@code port}, our adapter without a chain. Falsified by more than 5 % above {@code sdk}. Azurite
 * runs on this machine and keeps everything in memory, so nothing is durable; every iteration has a
 * container of its own, begun before it. Needs Node and npm.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainAzurite extends LogQuestion {
  private static final String OURS = "varve";
  private static final String PORT = "port";
  private static final String SDK = "sdk";
  private static final int CONTENT_BYTES = 104;
  private static final int MARKER_CONTENT_BYTES = 24;
  private static final int BLOCK_BYTES =
      EventFrame.frameBytes(MARKER_CONTENT_BYTES) + EventFrame.frameBytes(CONTENT_BYTES);

  @Param({OURS, PORT, SDK})
  public String system;

  private AzuriteProcess azurite;
  private int containers;
  private AzureContainer container;
  private Payloads payloads;
  private EventBatch batch;
  private BlobChainDriver driver;
  private BareAppends port;
  private SdkAppends sdk;
  private long end;

  static Question question() {
    String note = "Azurite on the same machine, in memory: nothing is durable";
    List<Contestant> all =
        List.of(
            new Contestant(OURS, Kind.OURS, false, note),
            new Contestant(PORT, Kind.PEER, false, "our adapter of the SDK, without a chain"),
            new Contestant(SDK, Kind.LIMIT, false, "the bare call of the SDK"));
    return new Question(
        "chain-azurite",
        "What does an append to a chain on Azurite cost beyond the bare call of the SDK?",
        ChainAzurite.class,
        List.of(Case.of("append", Map.of(), all)));
  }

  /** Starts Azurite. */
  @Setup
  public void start() throws IOException {
    azurite = AzuriteProcess.start(AzuriteInstallation.of(Scratch.root()), 0);
  }

  /** Ends it. */
  @TearDown
  public void end() {
    azurite.close();
  }

  /** Begins a chain, or a blob, in a container of its own. */
  @Setup(Level.Iteration)
  public void open() throws ContainerException {
    String name = "sediment-" + ++containers;
    container = AzureContainer.ofConnectionString(azurite.connectionString(), name);
    container.createIfAbsent(Chains.TIMEOUT);
    payloads = new Payloads(CONTENT_BYTES);
    batch = new EventBatch();
    driver = Chains.open(container);
    port = new BareAppends(container, BLOCK_BYTES);
    sdk = new SdkAppends(client(name), BLOCK_BYTES);
    end = 0;
    append();
  }

  private BlobContainerClient client(String name) {
    return new BlobContainerClientBuilder()
        .connectionString(azurite.connectionString())
        .containerName(name)
        .httpClient(new JdkHttpClientBuilder().build())
        .serviceVersion(BlobServiceVersion.V2025_05_05)
        .buildClient();
  }

  /** Appends an event, or a block of as many bytes. */
  @Benchmark
  public void append() throws ContainerException {
    switch (system) {
      case OURS -> end = Chains.end(driver.append(end, Chains.next(batch, payloads, 1)));
      case PORT -> port.append();
      default -> sdk.append();
    }
  }

  /** Reads back what was appended, and compares the bytes that all have to send. */
  @TearDown(Level.Iteration)
  public void check() throws ContainerException {
    driver.close();
    switch (system) {
      case OURS -> checkChain();
      case PORT -> port.requireAll();
      default -> sdk.requireAll();
    }
  }

  private void checkChain() {
    Answer answer = Answer.ascending(CONTENT_BYTES, 0);
    Chains.readAll(container, answer);
    answer.requireCount(payloads.nextSequence());
    if (end != payloads.nextSequence() * BLOCK_BYTES) {
      throw new IllegalStateException("wrong answer: an append has another size than the SDK's");
    }
  }
}
