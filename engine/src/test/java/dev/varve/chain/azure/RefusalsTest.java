package dev.varve.chain.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.exception.ClientAuthenticationException;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of the service mean. */
class RefusalsTest {
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({
    "412, AppendPositionConditionNotMet, WRONG_POSITION",
    "412, LeaseIdMissing, REFUSED",
    "409, BlockCountExceedsLimit, BLOCK_COUNT",
    "409, BlobAlreadyExists, ALREADY_EXISTS",
    "409, InvalidBlobType, REFUSED",
    "404, BlobNotFound, NOT_FOUND",
    "404, ContainerNotFound, NOT_FOUND",
    "416, InvalidRange, RANGE",
    "400, InvalidBlockList, INVALID_BLOCKS",
    "400, InvalidBlobOrBlock, REFUSED",
    "413, RequestBodyTooLarge, REFUSED",
    "403, AuthorizationFailure, DENIED",
    "401, NoAuthenticationInformation, DENIED",
    "408, RequestTimeout, NO_ANSWER",
    "429, TooManyRequests, BUSY",
    "503, ServerBusy, BUSY",
    "500, InternalError, FAILED",
    "500, OperationTimedOut, FAILED",
    "501, NotImplemented, FAILED",
    "304, '', FAILED"
  })
  void aStatusAndItsCodeHaveOneMeaning(int status, String code, Reason meaning) throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.refusal(status, code))) {
      AzureContainer container = service.container();
      ContainerException refusal =
          AzureContainerTest.refused(
              () -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
      assertEquals(meaning, refusal.reason());
      assertEquals(status, refusal.status());
      assertEquals(code, refusal.code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, BlobAlreadyExists, ALREADY_EXISTS",
    "412, ConditionNotMet, ALREADY_EXISTS",
    "403, UnauthorizedBlobOverwrite, ALREADY_EXISTS",
    "403, AuthorizationPermissionMismatch, DENIED"
  })
  void aCreationThatMeetsABlobSaysSo(int status, String code, Reason meaning) throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.refusal(status, code))) {
      AzureContainer container = service.container();
      for (var call :
          List.<Executable>of(
              () -> container.create("a", Map.of(), ENOUGH),
              () -> container.commitBlocks("a", List.of("b"), Map.of(), ENOUGH))) {
        ContainerException refusal = AzureContainerTest.refused(call);
        assertEquals(meaning, refusal.reason());
        assertEquals(status, refusal.status());
        assertEquals(code, refusal.code());
      }
    }
  }

  @Test
  void aBusyServiceSaysWhenToComeBack() throws Exception {
    try (AnsweringService service =
        new AnsweringService(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "7");
              exchange.sendResponseHeaders(503, -1);
            })) {
      ContainerException busy =
          AzureContainerTest.refused(() -> service.container().properties("a", ENOUGH));
      assertEquals(Optional.of(Duration.ofSeconds(7)), busy.retryAfter());
    }
  }

  @Test
  void aCredentialThatGivesNoTokenIsADenial() {
    ContainerException denied =
        Refusals.of(new ClientAuthenticationException("no such identity", null));
    assertEquals(Reason.DENIED, denied.reason());
    assertTrue(denied.reason().certain());
  }

  @Test
  void aCredentialThatCannotAskForItsTokenIsNoDenial() {
    ContainerException failure =
        Refusals.of(new ClientAuthenticationException("lost", null, new IOException("cut")));
    assertEquals(Reason.NO_ANSWER, failure.reason());
    assertFalse(failure.reason().certain());
  }

  @Test
  void anAnswerWithoutItsHeadersLeavesOpenWhatHappened() throws Exception {
    try (AnsweringService service = new AnsweringService(AnsweringService.refusal(201, ""))) {
      AzureContainer container = service.container();
      ContainerException failure =
          AzureContainerTest.refused(
              () -> container.append("a", 0, ByteBuffer.allocate(8), ENOUGH));
      assertEquals(Reason.FAILED, failure.reason());
      assertFalse(failure.reason().certain());
    }
  }

  @Test
  void aListingThatIsNoneIsAFailure() throws Exception {
    try (AnsweringService service =
        new AnsweringService(
            exchange -> {
              exchange.sendResponseHeaders(200, 4);
              exchange.getResponseBody().write("<Enu".getBytes(UTF_8));
            })) {
      AzureContainer container = service.container();
      ContainerException failure =
          AzureContainerTest.refused(() -> container.list("events.", ENOUGH));
      assertEquals(Reason.FAILED, failure.reason());
    }
  }

  @Test
  void aFailureOfTheMachineIsThrownAsItIs() {
    Error failure = new OutOfMemoryError("no more");
    assertSame(failure, assertThrows(OutOfMemoryError.class, () -> Refusals.of(failure)));
  }
}
