package dev.varve.chain;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that the service refused, or that nobody answered. */
public final class ContainerException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the answer means for the one who asked. */
  public enum Reason {
    /** 412: the blob is not as long as the append expected. Nothing was applied. */
    WRONG_POSITION,
    /** 409: the append blob has all its blocks. Nothing was applied. */
    BLOCK_COUNT,
    /** 409: there is a blob of that name. */
    ALREADY_EXISTS,
    /** 404: there is no such blob, or no such container. */
    NOT_FOUND,
    /** 416: the blob ends before the range. */
    RANGE,
    /** 400: a block that is to be committed was not staged. */
    INVALID_BLOCKS,
    /** 503 or 429: asked to come later. Whether the request was applied is not known. */
    BUSY,
    /** 403 or 401: not allowed. Nothing was applied. */
    DENIED,
    /** Any other refusal that says the request itself is wrong (other 4xx). Nothing was applied. */
    REFUSED,
    /** A failure of the service (other 5xx). Whether the request was applied is not known. */
    FAILED,
    /** No answer, or none in time. Whether the request was applied is not known. */
    NO_ANSWER;

    /** Whether the request was certainly not applied. */
    public boolean certain() {
      return this != BUSY && this != FAILED && this != NO_ANSWER;
    }
  }

  private final Reason reason;
  private final int status;
  private final String code;
  private final @Nullable Duration retryAfter;

  /**
   * An answer, or none.
   *
   * @param status of HTTP, 0 without an answer
   * @param code the service's word for the error, empty without one
   * @param retryAfter how long the service asks to wait
   */
  public ContainerException(
      Reason reason,
      int status,
      String code,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** What it means. */
  public Reason reason() {
    return reason;
  }

  /** Status of HTTP, 0 without an answer. */
  public int status() {
    return status;
  }

  /** The service's word for the error, empty without one. */
  public String code() {
    return code;
  }

  /** How long the service asks to wait, where it does. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
