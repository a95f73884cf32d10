package dev.varve.bench.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything around a run that its figures depend on, as {@code environment.json} has it. */
public final class Environment {
  private static final int SCHEMA_VERSION = 3;
  private static final int AVERAGES_OPERATIONS = 3;
  private static final String UNKNOWN = "unknown";
  private static final String VERSIONS = "/dev/varve/bench/versions.properties";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode fields;

  private Environment(JsonNode fields) {
    this.fields = fields;
  }

  /**
   * The environment of a run that begins now.
   *
   * @param root root of the repository
   * @param medium what the scratch files are on
   * @param flags JVM flags of the forks
   * @param command what to enter to get the same run
   * @param asked what was asked for, by the names that Maven's command line has for it
   */
  public static Environment now(
      Path root, Medium medium, List<String> flags, String command, Map<String, String> asked)
      throws IOException {
    Kernel kernel = new Kernel(Path.of("/"));
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("schemaVersion", SCHEMA_VERSION);
    environment.put("command", command);
    environment.put("asked", asked);
    environment.put("commit", git(root, "rev-parse", "HEAD"));
    environment.put("dirty", !git(root, "status", "--porcelain").isEmpty());
    environment.put("changes", digest(git(root, "diff", "HEAD")));
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
    return new Environment(JSON.valueToTree(environment));
  }

  /** The same run, measured by a harness of its own with other flags and libraries. */
  Environment measuredBy(Environment harness) {
    ObjectNode fields = this.fields.deepCopy();
    for (String field : List.of("flags", "dependencies")) {
      fields.set(field, harness.fields.path(field));
    }
    return new Environment(fields);
  }

  /** Reads what a run left. Throws if it is not an environment. */
  static Environment read(Path file) throws IOException {
    try {
      JsonNode fields = JSON.readTree(Csv.text(file));
      int version = fields.path("schemaVersion").asInt();
      if (version < 1 || version > SCHEMA_VERSION) {
        throw new BrokenResult(
            file, 0, "schema version %d, known are 1 to %d".formatted(version, SCHEMA_VERSION));
      }
      return new Environment(fields);
    } catch (JsonProcessingException e) {
      throw new BrokenResult(file, e.getLocation().getLineNr(), e.getOriginalMessage());
    }
  }

  /** As text. */
  public String json() {
    return fields.toPrettyString() + "\n";
  }

  /** A field as text; empty where older runs lack it. */
  public String text(String field) {
    return fields.path(field).asText();
  }

  /** Whether scores are averages over operations, and medians of shots: older ones are means. */
  public boolean averagesOperations() {
    return fields.path("schemaVersion").asInt() >= AVERAGES_OPERATIONS;
  }

  /** The file system of the scratch files, such as {@code ext4}. */
  public String fileSystem() {
    return text("fileSystem");
  }

  /** The revision that was measured. */
  public String commit() {
    return text("commit");
  }

  /** Whether there were changes that no revision has. */
  public boolean dirty() {
    return fields.path("dirty").asBoolean();
  }

  /** What was asked for, by the names that Maven's command line has for it. */
  public Map<String, String> asked() {
    Map<String, String> asked = new TreeMap<>();
    fields.path("asked").properties().forEach(e -> asked.put(e.getKey(), e.getValue().asText()));
    return asked;
  }

  /** Versions of the libraries. */
  public Map<String, String> dependencies() {
    Map<String, String> versions = new TreeMap<>();
    fields
        .path("dependencies")
        .properties()
        .forEach(e -> versions.put(e.getKey(), e.getValue().asText()));
    return versions;
  }

  /** What another run was made under otherwise, as lines for people; empty if nothing was. */
  public List<String> differences(Environment other) {
    TreeSet<String> names = new TreeSet<>();
    fields.fieldNames().forEachRemaining(names::add);
    other.fields.fieldNames().forEachRemaining(names::add);
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      JsonNode here = fields.path(name);
      JsonNode there = other.fields.path(name);
      if (!here.equals(there)) {
        differences.add("%s: %s, not %s".formatted(name, there, here));
      }
    }
    return differences;
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

  /** A short name of some text; empty for none. */
  private static String digest(String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
