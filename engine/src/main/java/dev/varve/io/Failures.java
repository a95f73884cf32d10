package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Turns what an operating system reports into the failures that a caller can act on. */
final class Failures {
  private Failures() {}

  /** The failure of {@code action} on {@code path} that an I/O exception tells of. */
  static StorageException of(String action, String path, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left")
        || lower.contains("not enough space")
        || lower.contains("quota")) {
      return full(action, path, cause);
    }
    if (cause instanceof NoSuchFileException) {
      reason = "no such file or folder";
    } else if (cause instanceof AccessDeniedException) {
      reason = "permission denied";
    }
    return new StorageException.Unavailable(
        "cannot %s %s: %s".formatted(action, path, reason), cause);
  }

  /** A refusal for want of space. */
  static StorageException.Full full(String action, String path, Exception cause) {
    return new StorageException.Full(
        "no space left to %s %s: free space, then reopen".formatted(action, path), cause);
  }
}
