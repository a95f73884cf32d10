package dev.varve.kit.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Memory that a real file no longer backs: mapped, then truncated away. The JVM turns the signal
 * that every access to it raises into an {@link InternalError}.
 */
final class UnbackedMemory {
  private final MemorySegment memory;

  /** At most so many bytes will be asked for. */
  UnbackedMemory(long bytes) {
    try {
      Path file = Files.createTempFile("unbacked", ".bytes");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, Arena.ofAuto());
        FileChannel ignored = channel.truncate(0);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Memory that looks like {@code backed} until it is touched. */
  MemorySegment like(MemorySegment backed) {
    MemorySegment slice = memory.asSlice(0, backed.byteSize());
    return backed.isReadOnly() ? slice.asReadOnly() : slice;
  }
}
