package dev.varve.chain.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * What an answer other than success means, by its status and by the service's word for the error:
 * several refusals share a status and ask for different next steps.
 */
final class Refusals {
  private Refusals() {}

  /**
   * The failure of a request. An answer that the SDK stumbles over says nothing, not even that the
   * request was refused.
   */
  static ContainerException of(Throwable failure) {
    Throwable cause = Exceptions.unwrap(failure);
    if (cause instanceof HttpResponseException answer) {
      return of(answer);
    }
    if (hasNoAnswer(cause)) {
      return new ContainerException(Reason.NO_ANSWER, 0, "", "no answer: " + cause, null, cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new ContainerException(
        Reason.FAILED, 0, "", "an answer that the SDK does not understand: " + cause, null, cause);
  }

  private static boolean hasNoAnswer(Throwable cause) {
    for (@Nullable Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof IOException || next instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static ContainerException of(HttpResponseException answer) {
    @Nullable HttpResponse response = answer.getResponse();
    String code = code(answer);
    int status = response == null ? 0 : response.getStatusCode();
    @Nullable Duration retryAfter = response == null ? null : RetryAfter.of(response.getHeaders());
    return new ContainerException(
        reason(answer, status, code), status, code, message(status, code), retryAfter, answer);
  }

  private static String code(HttpResponseException answer) {
    @Nullable BlobErrorCode code =
        answer instanceof BlobStorageException refusal ? refusal.getErrorCode() : null;
    return code == null ? "" : code.toString();
  }

  private static String message(int status, String code) {
    return "the service answered "
        + (code.isEmpty() ? String.valueOf(status) : status + " " + code);
  }

  private static Reason reason(HttpResponseException answer, int status, String code) {
    if (status == 0) {
      boolean denied = answer instanceof ClientAuthenticationException && !hasNoAnswer(answer);
      return denied ? Reason.DENIED : Reason.NO_ANSWER;
    }
    return switch (status) {
      case 401, 403 -> Reason.DENIED;
      case 404 -> Reason.NOT_FOUND;
      case 408 -> Reason.NO_ANSWER;
      case 416 -> Reason.RANGE;
      case 429, 503 -> Reason.BUSY;
      default -> status >= 400 && status < 500 ? refusal(code) : Reason.FAILED;
    };
  }

  private static Reason refusal(String code) {
    return switch (code) {
      case "AppendPositionConditionNotMet" -> Reason.WRONG_POSITION;
      case "BlockCountExceedsLimit" -> Reason.BLOCK_COUNT;
      case "BlobAlreadyExists", "ContainerAlreadyExists" -> Reason.ALREADY_EXISTS;
      case "InvalidBlockList" -> Reason.INVALID_BLOCKS;
      default -> Reason.REFUSED;
    };
  }

  /**
   * A refusal of a request that was to create a blob if absent: a condition that is not met can
   * only be that one, and a signature without the right to overwrite is refused where there is
   * something to overwrite.
   */
  static ContainerException ofCreation(ContainerException refused) {
    return switch (refused.code()) {
      case "ConditionNotMet", "UnauthorizedBlobOverwrite" ->
          new ContainerException(
              Reason.ALREADY_EXISTS,
              refused.status(),
              refused.code(),
              message(refused.status(), refused.code()),
              null,
              refused);
      default -> refused;
    };
  }
}
