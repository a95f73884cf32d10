package dev.varve.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of the two kinds exclude each other, as those of processes with either do. */
class LockedFileTest {
  @TempDir Path folder;

  private Path file = Path.of("");
  private @Nullable Posix posix;

  @BeforeEach
  void create() throws IOException {
    file = Files.writeString(folder.resolve("lock"), "1234567");
    posix = Posix.instance();
    assumeTrue(posix != null, "only Linux has locks of open file descriptions");
  }

  @Test
  void oneOfADescriptionExcludesOneOfAProcess() throws IOException {
    LockedFile held = Objects.requireNonNull(byPosix(false));
    assertNull(byChannel(false));
    assertNull(byChannel(true));
    held.close();
    Objects.requireNonNull(byChannel(false)).close();
  }

  @Test
  void oneOfAProcessExcludesOneOfADescription() throws IOException {
    LockedFile held = Objects.requireNonNull(byChannel(false));
    // Once only: closing the file again loses the lock of a process.
    assertNull(byPosix(true));
    held.close();
    Objects.requireNonNull(byPosix(false)).close();
  }

  @Test
  void readersShareAndKeepWritersOut() throws IOException {
    LockedFile one = Objects.requireNonNull(byPosix(true));
    LockedFile other = Objects.requireNonNull(byChannel(true));
    assertNull(byPosix(false));
    other.close();
    assertNull(byPosix(false), "a process that closes the file keeps what a description holds");
    one.close();
    Objects.requireNonNull(byPosix(false)).close();
  }

  @Test
  void theHolderReplacesWhatIsThere() throws IOException {
    LockedFile held = Objects.requireNonNull(byPosix(false));
    held.write("89".getBytes(StandardCharsets.US_ASCII));
    assertEquals("89", Files.readString(file));
    held.write("123456".getBytes(StandardCharsets.US_ASCII));
    assertEquals("123456", Files.readString(file));
    held.close();
  }

  @Test
  void anInterruptClosesNothing() throws IOException {
    Thread.currentThread().interrupt();
    LockedFile held = byPosix(false);
    assertTrue(Thread.interrupted());
    assertNotNull(held);
    assertNull(byChannel(false));
    held.close();
  }

  private @Nullable LockedFile byPosix(boolean shared) {
    return PosixLockedFile.tryLock(Objects.requireNonNull(posix), file, shared, true);
  }

  private @Nullable LockedFile byChannel(boolean shared) throws IOException {
    return ChannelLockedFile.tryLock(file, shared, true);
  }
}
