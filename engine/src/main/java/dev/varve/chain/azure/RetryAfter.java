package dev.varve.chain.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer asks to wait: in milliseconds in the service's own headers, else {@code
 * Retry-After} in seconds or as a date (RFC 9110, 10.2.3). A date counts from the answer's own
 * {@code Date}, so the clocks need not agree.
 */
final class RetryAfter {
  private static final List<HttpHeaderName> MILLISECONDS =
      List.of(
          HttpHeaderName.fromString("x-ms-retry-after-ms"),
          HttpHeaderName.fromString("retry-after-ms"));

  private RetryAfter() {}

  /** Null where none is given, or none that can be understood. */
  static @Nullable Duration of(HttpHeaders headers) {
    for (HttpHeaderName name : MILLISECONDS) {
      @Nullable Long millis = number(headers.getValue(name));
      if (millis != null) {
        return Duration.ofMillis(millis);
      }
    }
    @Nullable String given = headers.getValue(HttpHeaderName.RETRY_AFTER);
    @Nullable Long seconds = number(given);
    return seconds != null
        ? Duration.ofSeconds(seconds)
        : between(headers.getValue(HttpHeaderName.DATE), given);
  }

  /** Not negative, and of a size that can be counted with. */
  private static @Nullable Long number(@Nullable String text) {
    return text != null && text.strip().matches("[0-9]{1,12}") ? Long.valueOf(text.strip()) : null;
  }

  private static @Nullable Duration between(@Nullable String from, @Nullable String to) {
    if (from == null || to == null) {
      return null;
    }
    try {
      Duration wait = Duration.between(date(from), date(to));
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static Instant date(String text) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip()));
  }
}
