package dev.varve.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an error's message has to say. */
public final class Messages {
  private Messages() {}

  /** Fails where the message lacks one of {@code parts}. */
  public static void assertNames(RuntimeException error, Object... parts) {
    for (Object part : parts) {
      assertTrue(
          String.valueOf(error.getMessage()).contains(part.toString()),
          () -> "'%s' is not in: %s".formatted(part, error.getMessage()));
    }
  }
}
