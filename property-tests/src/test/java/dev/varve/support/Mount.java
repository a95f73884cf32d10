package dev.varve.support;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own for one test. Only root may mount: elsewhere the test is skipped with
 * its reason printed, but where {@code CI=true} and root it fails instead.
 */
public final class Mount implements AutoCloseable {
  private final Path point;

  private Mount(Path point) {
    this.point = point;
  }

  /** A file system in memory with room for {@code bytes}. */
  public static Mount tmpfs(Path point, long bytes) {
    return mount(point, List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none"));
  }

  /** The folder once more at another place, where not even root can write. */
  public static Mount readOnly(Path folder, Path point) {
    Mount mount = mount(point, List.of("mount", "--bind", folder.toString()));
    try {
      run(List.of("mount", "-o", "remount,ro,bind", point.toString()));
      return mount;
    } catch (IOException e) {
      mount.close();
      throw skip(e.toString());
    }
  }

  private static Mount mount(Path point, List<String> command) {
    if (!System.getProperty("user.name", "").equals("root")) {
      throw skip("only root may mount");
    }
    try {
      Files.createDirectories(point);
      List<String> whole = new ArrayList<>(command);
      whole.add(point.toString());
      run(whole);
      return new Mount(point);
    } catch (IOException e) {
      throw skip(e.toString());
    }
  }

  private static RuntimeException skip(String reason) {
    boolean root = System.getProperty("user.name", "").equals("root");
    if (root && "true".equals(System.getenv("CI"))) {
      fail("CI must be able to mount: " + reason);
    }
    System.out.println("skipped: " + reason);
    Assumptions.abort(reason);
    return new IllegalStateException(reason);
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s: %s".formatted(String.join(" ", command), output.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Where it is mounted. */
  public Path path() {
    return point;
  }

  @Override
  public void close() {
    try {
      run(List.of("umount", point.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
