package dev.varve.chain.azure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpRequest;
import com.azure.storage.blob.BlobContainerClientBuilder;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import reactor.core.publisher.Mono;

/** Calls whose answer does not come. */
class MissingAnswerTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void aSilentServiceEndsTheCallWithItsTimeout() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (AnsweringService service = new AnsweringService(exchange -> await(end))) {
      AzureContainer container = service.container();
      assertNoAnswer(() -> container.append("a", 0, ByteBuffer.allocate(8), SHORT));
      assertNoAnswer(() -> container.create("a", Map.of(), SHORT));
      assertNoAnswer(() -> container.properties("a", SHORT));
      assertNoAnswer(() -> container.list("", SHORT));
      end.countDown();
    }
  }

  @Test
  void aBodyThatStopsEndsTheCallWithItsTimeout() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (AnsweringService service =
        new AnsweringService(
            exchange -> {
              exchange.getResponseHeaders().set("Content-Range", "bytes 0-7/8");
              exchange.sendResponseHeaders(206, 8);
              exchange.getResponseBody().write(new byte[4]);
              exchange.getResponseBody().flush();
              await(end);
            })) {
      ByteBuffer target = ByteBuffer.allocate(8);
      assertNoAnswer(() -> service.container().read("a", 0, target, SHORT));
      assertEquals(8, target.remaining());
      end.countDown();
    }
  }

  @Test
  void aClosedPortIsNoAnswer() throws Exception {
    AzureContainer container = AzureContainerTest.nowhere();
    assertNoAnswer(() -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
    assertNoAnswer(() -> container.properties("a", ENOUGH));
  }

  @Test
  void aConnectionThatIsCutIsNoAnswerAndTheAppendIsNotSentAgain() throws Exception {
    try (AnsweringService service =
        new AnsweringService(exchange -> exchange.getRequestBody().readAllBytes())) {
      AzureContainer container = service.container();
      assertNoAnswer(() -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
      assertEquals(1, service.questions().size());
    }
  }

  @Test
  void anInterruptedThreadStopsWaitingAndStaysInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (AnsweringService service =
        new AnsweringService(
            exchange -> {
              asked.countDown();
              await(end);
            })) {
      AzureContainer container = service.container();
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertNoAnswer(() -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
                return Thread.currentThread().isInterrupted();
              });
      Thread caller = Thread.ofVirtual().start(call);
      asked.await();
      caller.interrupt();
      assertTrue(call.get());
      end.countDown();
    }
  }

  @Test
  void aThreadThatWasInterruptedBeforeGetsItsAnswerAndStaysInterrupted() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.success(Map.of()))) {
      AzureContainer container = service.container();
      Thread.currentThread().interrupt();
      container.create("a", Map.of(), ENOUGH);
      assertTrue(Thread.interrupted());
      assertEquals(1, service.questions().size());
    }
  }

  /** On a transport that goes on with what was given up: it decides when the bytes leave. */
  @Test
  void whatIsStillBeingSentDoesNotSeeTheBufferAgain() {
    AtomicReference<HttpRequest> underWay = new AtomicReference<>();
    AzureContainer container =
        AzureContainer.of(
            new BlobContainerClientBuilder()
                .endpoint("http://127.0.0.1/account?sig=c2ln")
                .containerName("sediment")
                .httpClient(
                    request -> {
                      underWay.set(request);
                      return Mono.never();
                    }));
    for (Request request :
        List.<Request>of(
            data -> container.append("a", 0, data, SHORT),
            data -> container.stageBlock("a", "one", data, SHORT))) {
      byte[] block = {1, 2, 3, 4};
      assertNoAnswer(() -> request.send(ByteBuffer.wrap(block)));
      Arrays.fill(block, (byte) 9);
      assertArrayEquals(new byte[] {1, 2, 3, 4}, underWay.get().getBodyAsBinaryData().toBytes());
    }
  }

  private interface Request {
    void send(ByteBuffer data) throws ContainerException;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertNoAnswer(Executable call) {
    ContainerException failure = AzureContainerTest.refused(call);
    assertEquals(Reason.NO_ANSWER, failure.reason());
    assertEquals(0, failure.status());
    assertEquals("", failure.code());
  }
}
