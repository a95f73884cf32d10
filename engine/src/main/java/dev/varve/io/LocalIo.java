package dev.varve.io;

import dev.varve.StorageException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The machine itself. Immutable; shared by every log of the process. */
public final class LocalIo implements Io {
  private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
  private static final int BOOT_ID_BYTES = 64;
  private static final LocalIo BEST = new LocalIo(Posix.instance());
  private static final LocalIo PORTABLE = new LocalIo(null);

  private final @Nullable Posix posix;
  private final SecureRandom random = new SecureRandom();
  private final ThreadFactory threads = Thread.ofPlatform().daemon().name("varve-", 1).factory();

  private LocalIo(@Nullable Posix posix) {
    this.posix = posix;
  }

  /** libc calls on 64-bit Linux when native access is allowed, {@link #portable()} elsewhere. */
  public static LocalIo best() {
    return BEST;
  }

  /** Nothing but the JDK's channels: any platform, several times slower to sync. */
  public static LocalIo portable() {
    return PORTABLE;
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    Mapper mapper = mapping == MappingKind.CHRONICLE_BYTES ? ChronicleMapper.create() : null;
    if (!Files.isDirectory(folder)) {
      if (Files.exists(folder)) {
        throw new StorageException.Unavailable(folder + " is a file, a folder was expected");
      }
      if (!create) {
        throw new StorageException.Unavailable("the folder " + folder + " does not exist");
      }
      createFolder(folder);
    }
    return new LocalDirectory(folder, posix, mapper);
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException present) {
      return;
    } catch (IOException failure) {
      throw Failures.of("create", folder.toString(), failure);
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      try (Directory directory = new LocalDirectory(parent, BEST.posix, null)) {
        directory.sync();
      }
    }
  }

  /** Read by a stream: an interrupt would close a channel, and the id would seem unknown. */
  @Override
  public String bootId() {
    try (InputStream kernel = new FileInputStream(BOOT_ID)) {
      return new String(kernel.readNBytes(BOOT_ID_BYTES), StandardCharsets.US_ASCII).strip();
    } catch (IOException unknown) {
      return "";
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public ThreadFactory threads() {
    return threads;
  }

  @Override
  public byte[] newLogId() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return id;
  }
}
