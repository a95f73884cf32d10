package dev.varve.chain.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.Headers;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.azure.AnsweringService.Question;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the container sends, and how often. */
class AzureContainerTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);
  private static final List<String> CONDITIONS =
      List.of(
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "x-ms-blob-condition-appendpos",
          "x-ms-blob-condition-maxsize",
          "x-ms-if-tags",
          "x-ms-lease-id");

  @Test
  void anAppendDependsOnItsPositionAndNothingElse() throws Exception {
    try (AnsweringService service =
        new AnsweringService(
            AnsweringService.success(Map.of("x-ms-blob-committed-block-count", "7")))) {
      ByteBuffer data = ByteBuffer.wrap("..clay..".getBytes(UTF_8), 2, 4);
      assertEquals(7, service.container().append("events.00001", 28, data, ENOUGH));
      assertEquals(4, data.remaining());
      Question sent = only(service);
      assertEquals(
          "PUT /account/sediment/events.00001?comp=appendblock",
          sent.method() + " " + sent.target());
      assertEquals("4", sent.headers().getFirst("Content-Length"));
      assertConditions(sent, Map.of("x-ms-blob-condition-appendpos", "28"));
    }
  }

  @Test
  void aBlobIsCreatedOnlyIfAbsent() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.success(Map.of()))) {
      service.container().create("events.00001", Map.of("start", "0"), ENOUGH);
      assertConditions(only(service), Map.of("If-None-Match", "*"));
      assertEquals("AppendBlob", only(service).headers().getFirst("x-ms-blob-type"));
      assertEquals("0", only(service).headers().getFirst("x-ms-meta-start"));
    }
  }

  @Test
  void blocksAreCommittedOnlyIfTheBlobIsAbsent() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.success(Map.of()))) {
      service.container().commitBlocks("compacted.00001", List.of("a"), Map.of(), ENOUGH);
      assertConditions(only(service), Map.of("If-None-Match", "*"));
    }
  }

  @Test
  void aReadIsOneRangeWithoutConditions() throws Exception {
    try (AnsweringService service = new AnsweringService(range("bytes 4-7/8", "silt", 4))) {
      ByteBuffer target = ByteBuffer.allocate(10).position(2).limit(6);
      assertEquals(4, service.container().read("events.00001", 4, target, ENOUGH));
      assertEquals("silt", new String(target.array(), 2, 4, UTF_8));
      assertFalse(target.hasRemaining());
      assertEquals("bytes=4-7", only(service).headers().getFirst("x-ms-range"));
      assertConditions(only(service), Map.of());
    }
  }

  /** Some languages write numbers in digits of their own. */
  @Test
  void aReadDoesNotDependOnTheLanguage() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
    try (AnsweringService service = new AnsweringService(range("bytes 4-7/8", "silt", 4))) {
      assertEquals(4, service.container().read("events.00001", 4, ByteBuffer.allocate(4), ENOUGH));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aBlobThatEndsEarlyGivesFewerBytes() throws Exception {
    try (AnsweringService service = new AnsweringService(range("bytes 4-7/8", "silt", 4))) {
      ByteBuffer target = ByteBuffer.allocate(10);
      assertEquals(4, service.container().read("events.00001", 4, target, ENOUGH));
      assertEquals(6, target.remaining());
    }
  }

  @Test
  void anEmptyRangeAtTheEndIsTheEndOfTheBlob() throws Exception {
    try (AnsweringService service = new AnsweringService(range("bytes 4-3/4", "", -1))) {
      ByteBuffer target = ByteBuffer.allocate(4);
      ContainerException end =
          refused(() -> service.container().read("events.00001", 4, target, ENOUGH));
      assertEquals(Reason.RANGE, end.reason());
    }
    try (AnsweringService service = new AnsweringService(range("bytes 4-3/9", "", -1))) {
      ByteBuffer target = ByteBuffer.allocate(4);
      ContainerException failure =
          refused(() -> service.container().read("events.00001", 4, target, ENOUGH));
      assertEquals(Reason.FAILED, failure.reason());
    }
  }

  @Test
  void anAnswerToAnotherReadIsAFailure() throws Exception {
    for (String other : List.of("bytes 0-3/8", "bytes 4-8/9", "none")) {
      try (AnsweringService service = new AnsweringService(range(other, "silt", 4))) {
        ByteBuffer target = ByteBuffer.allocate(4);
        ContainerException failure =
            refused(() -> service.container().read("events.00001", 4, target, ENOUGH));
        assertEquals(Reason.FAILED, failure.reason(), other);
        assertEquals(4, target.remaining());
      }
    }
  }

  @Test
  void aRangeThatIsCutIsNoAnswerAndIsNotResumed() throws Exception {
    try (AnsweringService service = new AnsweringService(range("bytes 4-11/12", "silt", 8))) {
      ByteBuffer target = ByteBuffer.allocate(8);
      ContainerException failure =
          refused(() -> service.container().read("events.00001", 4, target, ENOUGH));
      assertEquals(Reason.NO_ANSWER, failure.reason());
      assertEquals(8, target.remaining());
      only(service);
    }
  }

  @Test
  void everyCallIsOneRequestAlsoWhereTheServiceIsBusy() throws Exception {
    for (int status : new int[] {429, 500, 503}) {
      try (AnsweringService service =
          new AnsweringService(AnsweringService.refusal(status, "ServerBusy"))) {
        assertEachCallIsOneRequest(service, service.container());
      }
    }
  }

  static void assertEachCallIsOneRequest(AnsweringService service, AzureContainer container) {
    List<Executable> calls =
        List.of(
            () -> container.createIfAbsent(ENOUGH),
            () -> container.create("a", Map.of(), ENOUGH),
            () -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH),
            () -> container.properties("a", ENOUGH),
            () -> container.read("a", 0, ByteBuffer.allocate(8), ENOUGH),
            () -> container.list("a", ENOUGH),
            () -> container.setMetadata("a", Map.of(), ENOUGH),
            () -> container.stageBlock("a", "b", ByteBuffer.allocate(8), ENOUGH),
            () -> container.commitBlocks("a", List.of("b"), Map.of(), ENOUGH));
    int before = service.questions().size();
    calls.forEach(AzureContainerTest::refused);
    assertEquals(before + calls.size(), service.questions().size());
  }

  @Test
  void theContainerIsCreatedOnlyWhenAsked() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.success(Map.of()))) {
      assertTrue(service.container().createIfAbsent(ENOUGH));
      assertEquals("/account/sediment?restype=container", only(service).target());
    }
    try (AnsweringService service =
        new AnsweringService(AnsweringService.refusal(409, "ContainerAlreadyExists"))) {
      assertFalse(service.container().createIfAbsent(ENOUGH));
    }
  }

  @Test
  void aBlockOutsideOfItsBoundsIsMisuse() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.success(Map.of()))) {
      AzureContainer container = service.container();
      for (int size : new int[] {0, container.limits().appendBytes() + 1}) {
        ByteBuffer data = ByteBuffer.allocate(size);
        assertThrows(IllegalArgumentException.class, () -> container.append("a", 0, data, ENOUGH));
        assertThrows(
            IllegalArgumentException.class, () -> container.stageBlock("a", "b", data, ENOUGH));
      }
      assertEquals(List.of(), service.questions());
    }
  }

  /** Part of a body of {@code length} bytes; where it is shorter, the connection ends in it. */
  private static AnsweringService.Answer range(String contentRange, String body, int length) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Range", contentRange);
      exchange.sendResponseHeaders(206, length);
      exchange.getResponseBody().write(body.getBytes(UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  private static void assertConditions(Question sent, Map<String, String> expected) {
    Headers headers = sent.headers();
    for (String condition : CONDITIONS) {
      assertEquals(
          expected.get(condition), headers.getFirst(condition.toLowerCase(Locale.ROOT)), condition);
    }
  }

  static Question only(AnsweringService service) {
    assertEquals(1, service.questions().size(), service.questions()::toString);
    return service.questions().getFirst();
  }

  static ContainerException refused(Executable call) {
    return assertThrows(ContainerException.class, call);
  }

  /** Where nobody listens. */
  static AzureContainer nowhere() throws IOException {
    AnsweringService gone = new AnsweringService(AnsweringService.refusal(500, ""));
    AzureContainer container = gone.container();
    gone.close();
    return container;
  }
}
