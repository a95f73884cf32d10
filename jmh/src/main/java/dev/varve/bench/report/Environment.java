package dev.varve.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything around a run that its figures depend on. */
public final class Environment {
  private static final int SCHEMA_VERSION = 1;
  private static final String UNKNOWN = "unknown";
  private static final String VERSIONS = "/dev/varve/bench/versions.properties";

  private Environment() {}

  /**
   * The environment as JSON.
   *
   * @param root root of the repository
   * @param medium what the scratch files are on
   * @param flags JVM flags of the forks
   * @param command what to enter to get the same run
   */
  public static String json(Path root, Medium medium, List<String> flags, String command)
      throws IOException {
    Kernel kernel = new Kernel(Path.of("/"));
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("schemaVersion", SCHEMA_VERSION);
    environment.put("command", command);
    environment.put("commit", git(root, "rev-parse", "HEAD"));
    environment.put("dirty", !git(root, "status", "--porcelain").isEmpty());
    environment.put("cpu", cpu(kernel));
    environment.put("cores", Runtime.getRuntime().availableProcessors());
    environment.put("governor", orUnknown(String.join(", ", kernel.governors())));
    environment.put("memory", kernel.lines("proc/meminfo").stream().findFirst().orElse(UNKNOWN));
    environment.put(
        "kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    environment.put("fileSystem", medium.type());
    environment.put("device", medium.device());
    environment.put("mountPoint", medium.mountPoint());
    environment.put("mountOptions", medium.options());
    environment.put("jdk", System.getProperty("java.vm.vendor") + " " + Runtime.version());
    environment.put("flags", flags);
    environment.put("dependencies", versions());
    return Json.of(environment);
  }

  /** The versions with which this was built. */
  private static Map<String, String> versions() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = Environment.class.getResourceAsStream(VERSIONS)) {
      if (resource != null) {
        properties.load(resource);
      }
    }
    Map<String, String> versions = new TreeMap<>();
    properties.forEach((name, version) -> versions.put(name.toString(), version.toString()));
    return versions;
  }

  private static String cpu(Kernel kernel) {
    return kernel.lines("proc/cpuinfo").stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(System.getProperty("os.arch", UNKNOWN));
  }

  private static String orUnknown(String told) {
    return told.isEmpty() ? UNKNOWN : told;
  }

  /** What git answers; where there is no git or no repository, "unknown". */
  private static String git(Path root, String... arguments) {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", root.toString()), Stream.of(arguments)).toList();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? answer : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
