package dev.varve.io;

import dev.varve.StorageException;
import java.io.IOException;

/** Linux's error numbers, and the failures that they stand for. */
final class Errno {
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  private static final int ENOSPC = 28;
  private static final int EDQUOT = 122;

  private Errno() {}

  /** The failure of {@code action} on {@code path} with this error number. */
  static StorageException failure(String action, String path, int error) {
    IOException cause = new IOException(describe(error));
    return error == ENOSPC || error == EDQUOT
        ? Failures.full(action, path, cause)
        : Failures.of(action, path, cause);
  }

  private static String describe(int error) {
    return switch (error) {
      case 1 -> "operation not permitted (EPERM)";
      case ENOENT -> "no such file or folder (ENOENT)";
      case 5 -> "input/output error (EIO)";
      case 12 -> "out of memory or mappings (ENOMEM)";
      case 13 -> "permission denied (EACCES)";
      case 17 -> "already exists (EEXIST)";
      case 20 -> "not a folder (ENOTDIR)";
      case 21 -> "is a folder (EISDIR)";
      case 24 -> "too many open files (EMFILE)";
      case 27 -> "file too large (EFBIG)";
      case ENOSPC -> "no space left on device (ENOSPC)";
      case 30 -> "read-only file system (EROFS)";
      case EDQUOT -> "quota exceeded (EDQUOT)";
      default -> "error number " + error;
    };
  }
}
