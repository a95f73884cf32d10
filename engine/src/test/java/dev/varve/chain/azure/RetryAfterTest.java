package dev.varve.chain.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** All the ways in which an answer can ask to wait. */
class RetryAfterTest {
  private static final String DATE = "Date";
  private static final String RETRY_AFTER = "Retry-After";

  @Test
  void secondsAreSeconds() {
    assertEquals(Duration.ofSeconds(30), RetryAfter.of(headers(RETRY_AFTER, "30")));
    assertEquals(Duration.ZERO, RetryAfter.of(headers(RETRY_AFTER, " 0 ")));
  }

  @Test
  void aDateCountsFromTheAnswersOwn() {
    HttpHeaders headers = headers(RETRY_AFTER, "Fri, 31 Dec 1999 23:59:59 GMT");
    assertNull(RetryAfter.of(headers));
    headers.set(HttpHeaderName.DATE, "Fri, 31 Dec 1999 23:59:47 GMT");
    assertEquals(Duration.ofSeconds(12), RetryAfter.of(headers));
  }

  @Test
  void aDateThatIsOverMeansNow() {
    HttpHeaders headers = headers(RETRY_AFTER, "Fri, 31 Dec 1999 23:59:59 GMT");
    headers.set(HttpHeaderName.DATE, "Sat, 1 Jan 2000 00:00:00 GMT");
    assertEquals(Duration.ZERO, RetryAfter.of(headers));
  }

  @Test
  void millisecondsGoBeforeSeconds() {
    HttpHeaders headers = headers(RETRY_AFTER, "1");
    headers.set(HttpHeaderName.fromString("x-ms-retry-after-ms"), "250");
    assertEquals(Duration.ofMillis(250), RetryAfter.of(headers));
    assertEquals(Duration.ofMillis(40), RetryAfter.of(headers("retry-after-ms", "40")));
  }

  @Test
  void whatCannotBeUnderstoodIsLeftOut() {
    assertNull(RetryAfter.of(new HttpHeaders()));
    for (String text : new String[] {"", "-1", "soon", "1.5", "99999999999999999999"}) {
      HttpHeaders headers = headers(RETRY_AFTER, text);
      headers.set(HttpHeaderName.fromString(DATE), "yesterday");
      assertNull(RetryAfter.of(headers), text);
    }
  }

  private static HttpHeaders headers(String name, String value) {
    return new HttpHeaders().set(HttpHeaderName.fromString(name), value);
  }
}
