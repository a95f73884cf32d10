package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.fail;

import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.CrashMedium;
import dev.varve.kit.ScratchFolder;
import dev.varve.kit.disk.Chooser;
import dev.varve.kit.disk.DiskImage;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.support.Tried;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.cryptomator.jfuse.api.Fuse;
import org.cryptomator.jfuse.api.FuseBuilder;
import org.cryptomator.jfuse.api.FuseMountFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A folder behind the kernel's page cache on a disk that loses power: what the kernel had not
 * written is gone, and of what it had written and not synced a part that a seed decides.
 *
 * <p>This process serves the folder, so only other processes may touch it. A mounted folder is
 * named after its boot.
 */
final class FuseMedium implements CrashMedium {
  private static final List<Path> LIBRARIES =
      Stream.of(
              "/usr/lib/x86_64-linux-gnu",
              "/usr/lib/aarch64-linux-gnu",
              "/lib/x86_64-linux-gnu",
              "/lib/aarch64-linux-gnu",
              "/usr/lib64",
              "/usr/lib")
          .flatMap(
              folder -> Stream.of("libfuse3.so.3", "libfuse3.so.4").map(Path.of(folder)::resolve))
          .toList();

  private final ScratchFolder scratch = ScratchFolder.quick();
  private final boolean keepsAcknowledged;
  private final Random random;
  private SimulatedDisk disk = new SimulatedDisk(DiskOptions.defaults(), Schedule.callerFirst());
  private @Nullable Fuse mounted;
  private int boot;

  /**
   * @param keepsAcknowledged whether what is on it syncs before it acknowledges
   */
  FuseMedium(boolean keepsAcknowledged, long seed) {
    this.keepsAcknowledged = keepsAcknowledged;
    this.random = new Random(seed);
  }

  /** Skips the test where there can be no such medium. */
  static void require() {
    if (!Files.isWritable(Path.of("/dev/fuse"))) {
      throw skip("/dev/fuse cannot be opened");
    }
    if (library() == null) {
      throw skip("libfuse3 is not installed");
    }
  }

  private static @Nullable Path library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
  }

  private static RuntimeException skip(String reason) {
    System.out.println("skipped: " + reason);
    Assumptions.abort(reason);
    return new IllegalStateException(reason);
  }

  @Override
  public Path begin() {
    Path point = scratch.folder("boot-" + boot++);
    FuseBuilder builder = Fuse.builder();
    builder.setLibraryPath(String.valueOf(library()));
    Fuse fuse = builder.build(new FuseDisk(disk, builder.errno(), random.nextBoolean()));
    try {
      fuse.mount("varve-power-loss", point, "-s");
    } catch (FuseMountFailedException refused) {
      boolean root = System.getProperty("user.name", "").equals("root");
      if (root && "true".equals(System.getenv("CI"))) {
        fail("root must be able to mount where FUSE is there", refused);
      }
      throw skip(refused.toString());
    }
    mounted = fuse;
    return point;
  }

  /**
   * The disk first: from then on nothing reaches it, and nothing can be acknowledged as synced.
   * Sometimes the kernel has just written all that it had, without syncing it.
   */
  @Override
  public void crash(ProcessHandle child) {
    if (random.nextBoolean()) {
      writeBack();
    }
    disk.crash();
    child.destroyForcibly();
  }

  /** Its answer does not matter: the times of a file that was removed cannot be written. */
  private void writeBack() {
    try {
      Path point = scratch.path().resolve("boot-" + (boot - 1));
      int ignored =
          new ProcessBuilder("sync", "-f", point.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is on the disk when the power comes back; the next boot begins with the same. */
  @Override
  public Path left() {
    unmount();
    DiskImage image = disk.crashPoint().powerLoss(chooser(random));
    Tried.add(image.lossy() ? "power cuts that lost something" : "power cuts that lost nothing", 1);
    disk = image.start(Schedule.callerFirst());
    Path left = scratch.folder("left-by-" + (boot - 1));
    copy(image.start(Schedule.callerFirst()), left);
    return left;
  }

  /** Mostly any of the contents; sometimes all of the old ones, or the new ones. */
  private static Chooser chooser(Random random) {
    int kind = random.nextInt(6);
    return new Chooser() {
      @Override
      public int choose(int count) {
        return kind == 0 ? 0 : kind == 1 ? count - 1 : random.nextInt(count);
      }

      @Override
      public int chooseTorn(int count) {
        return random.nextInt(6) < kind - 3 ? random.nextInt(count) : -1;
      }
    };
  }

  private static void copy(SimulatedDisk disk, Path target) {
    Directory folder = disk.directory(target, MappingKind.FFM, false);
    for (String name : folder.list()) {
      try (StoredFile file = folder.open(name, false)) {
        if (file != null) {
          byte[] bytes = new byte[Math.toIntExact(file.size())];
          int length = file.read(0, MemorySegment.ofArray(bytes));
          if (length != bytes.length) {
            throw new AssertionError(name + " has " + length + " of " + bytes.length + " bytes");
          }
          Files.write(target.resolve(name), bytes);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void unmount() {
    Fuse fuse = mounted;
    mounted = null;
    if (fuse != null) {
      try {
        fuse.close();
      } catch (TimeoutException e) {
        throw new AssertionError("the file system does not end", e);
      }
    }
  }

  @Override
  public boolean keepsAcknowledged() {
    return keepsAcknowledged;
  }

  @Override
  public void close() {
    disk.crash();
    unmount();
    scratch.close();
  }
}
