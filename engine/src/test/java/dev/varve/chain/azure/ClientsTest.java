package dev.varve.chain.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.CustomerProvidedKey;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.sun.net.httpserver.Headers;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.azure.AnsweringService.Question;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** All the ways to a container, and what is kept of a client that the caller brings. */
class ClientsTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  @Test
  void aClientThatRetriesIsUsedWithoutItsRetries() throws Exception {
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(503, "ServerBusy"))) {
      RequestRetryOptions often =
          new RequestRetryOptions(
              RetryPolicyType.FIXED,
              5,
              (Duration) null,
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              null);
      BlobContainerClientBuilder builder =
          new BlobContainerClientBuilder()
              .connectionString(service.connectionString())
              .containerName("sediment")
              .httpClient(new JdkHttpClientBuilder().build())
              .retryOptions(often);
      AzureContainerTest.assertEachCallIsOneRequest(service, AzureContainer.of(builder));
    }
  }

  @Test
  void aSignatureIsPartOfEachAddress() throws Exception {
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(404, "BlobNotFound"))) {
      AzureContainerTest.refused(
          () ->
              AzureContainer.ofSasUrl(service.endpoint() + "/sediment?sv=2025-05-05&sig=c2ln")
                  .properties("a", ENOUGH));
      AzureContainerTest.refused(
          () ->
              AzureContainer.ofSasToken(service.endpoint(), "sediment", "?sv=2025-05-05&sig=c2ln")
                  .properties("a", ENOUGH));
      assertEquals(2, service.questions().size());
      for (Question sent : service.questions()) {
        assertEquals("/account/sediment/a?sv=2025-05-05&sig=c2ln", sent.target());
        assertNull(sent.headers().getFirst("Authorization"));
      }
    }
  }

  @Test
  void aCredentialGivesTheTokenOfEachRequest() throws Exception {
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(404, "BlobNotFound"))) {
      TokenCredential credential =
          request -> Mono.just(new AccessToken("varve", OffsetDateTime.MAX));
      BlobContainerClientBuilder builder =
          new BlobContainerClientBuilder()
              .endpoint(service.endpoint().replace("http:", "https:"))
              .containerName("sediment")
              .credential(credential)
              .httpClient(withoutEncryption());
      assertEquals(
          Reason.NOT_FOUND,
          AzureContainerTest.refused(() -> AzureContainer.of(builder).properties("a", ENOUGH))
              .reason());
      assertEquals(
          "Bearer varve", AzureContainerTest.only(service).headers().getFirst("Authorization"));
      assertThrows(
          IllegalArgumentException.class,
          () -> AzureContainer.of(service.endpoint(), "sediment", credential));
    }
  }

  @Test
  void requestsSayNothingAboutThisMachine() throws Exception {
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(404, "BlobNotFound"))) {
      AzureContainerTest.refused(() -> service.container().properties("a", ENOUGH));
      String agent =
          String.valueOf(AzureContainerTest.only(service).headers().getFirst("User-Agent"));
      assertFalse(agent.contains(System.getProperty("os.name", "")), agent);
      assertFalse(agent.contains(System.getProperty("java.version", "")), agent);
    }
  }

  @Test
  void whatAClientEncryptsWithIsKept() throws Exception {
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(404, "BlobNotFound"))) {
      BlobContainerClientBuilder scope =
          new BlobContainerClientBuilder()
              .connectionString(service.connectionString())
              .containerName("sediment")
              .httpClient(new JdkHttpClientBuilder().build())
              .encryptionScope("varve");
      assertEquals("varve", appended(service, scope).getFirst("x-ms-encryption-scope"));
    }
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(404, "BlobNotFound"))) {
      BlobContainerClientBuilder key =
          new BlobContainerClientBuilder()
              .endpoint(service.endpoint().replace("http:", "https:") + "?sig=c2ln")
              .containerName("sediment")
              .httpClient(withoutEncryption())
              .customerProvidedKey(new CustomerProvidedKey(new byte[32]));
      String sent = appended(service, key).getFirst("x-ms-encryption-key");
      assertEquals(new CustomerProvidedKey(new byte[32]).getKey(), sent);
    }
  }

  private static Headers appended(AnsweringService service, BlobContainerClientBuilder builder) {
    AzureContainer container = AzureContainer.of(builder);
    AzureContainerTest.refused(() -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
    return AzureContainerTest.only(service).headers();
  }

  /** For what the SDK sends to {@code https} only: the service of these tests has none. */
  private static HttpClient withoutEncryption() {
    HttpClient plain = new JdkHttpClientBuilder().build();
    return request ->
        plain.send(request.setUrl(request.getUrl().toString().replace("https:", "http:")));
  }
}
