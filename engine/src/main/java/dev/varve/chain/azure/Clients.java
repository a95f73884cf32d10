package dev.varve.chain.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.core.util.MetricsOptions;
import com.azure.core.util.TracingOptions;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.CpkInfo;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.common.policy.RequestRetryPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clients of the SDK as a container needs them: on the JDK's transport, and without retries. */
final class Clients {
  /** Its default; a call that has less time ends earlier. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private Clients() {}

  /**
   * What all factories share. The version of the service is one that emulators know too; the
   * requests carry no more about this machine than they must.
   */
  static BlobContainerClientBuilder builder() {
    return new BlobContainerClientBuilder()
        .httpClient(transport())
        .serviceVersion(BlobServiceVersion.V2025_05_05)
        .configuration(withoutTelemetry())
        .clientOptions(
            new ClientOptions()
                .setTracingOptions(new TracingOptions().setEnabled(false))
                .setMetricsOptions(new MetricsOptions().setEnabled(false)));
  }

  /** On sources of its own: the builder's usual ones are shared by the whole process. */
  private static Configuration withoutTelemetry() {
    Map<String, String> settings = Map.of(Configuration.PROPERTY_AZURE_TELEMETRY_DISABLED, "true");
    return new ConfigurationBuilder(path -> Map.of(), path -> Map.of(), path -> settings).build();
  }

  /** A transport without a clock of its own: the time of a call is the only one. */
  private static HttpClient transport() {
    return new JdkHttpClientBuilder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .writeTimeout(Duration.ZERO)
        .responseTimeout(Duration.ZERO)
        .readTimeout(Duration.ZERO)
        .build();
  }

  /** The same container through the same transport and policies, apart from those that retry. */
  static BlobContainerAsyncClient withoutRetries(BlobContainerClient client) {
    BlobContainerClientBuilder builder =
        new BlobContainerClientBuilder()
            .endpoint(client.getBlobContainerUrl())
            .serviceVersion(client.getServiceVersion())
            .pipeline(withoutRetries(client.getHttpPipeline()));
    @Nullable CpkInfo key = client.getCustomerProvidedKey();
    if (key != null) {
      builder.customerProvidedKey(new CustomerProvidedKey(key.getEncryptionKey()));
    }
    @Nullable String scope = client.getEncryptionScope();
    if (scope != null) {
      builder.encryptionScope(scope);
    }
    return builder.buildAsyncClient();
  }

  private static HttpPipeline withoutRetries(HttpPipeline pipeline) {
    return new HttpPipelineBuilder()
        .httpClient(pipeline.getHttpClient())
        .tracer(pipeline.getTracer())
        .policies(
            IntStream.range(0, pipeline.getPolicyCount())
                .mapToObj(pipeline::getPolicy)
                .filter(policy -> !retries(policy))
                .toArray(HttpPipelinePolicy[]::new))
        .build();
  }

  private static boolean retries(HttpPipelinePolicy policy) {
    return policy instanceof RequestRetryPolicy || policy instanceof RetryPolicy;
  }
}
