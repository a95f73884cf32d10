package dev.varve.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Holds the files of a result folder to {@code results/schema}. */
public final class ResultSchema {
  /** The results of this repository. */
  public static final Path RESULTS =
      Path.of(System.getProperty("varve.root", ".."), "results").toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TABLES = List.of("summary", "rounds", "costs", "verdicts");
  private static final String NUMBER = "-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?";

  private ResultSchema() {}

  /** What is wrong with the files of a folder; empty if nothing is. */
  public static List<String> faults(Path folder) throws IOException {
    JsonNode environment = JSON.readTree(folder.resolve("environment.json").toFile());
    JsonNode schema =
        JSON.readTree(
            RESULTS
                .resolve("schema")
                .resolve("v" + environment.path("schemaVersion").asInt() + ".json")
                .toFile());
    List<String> faults = new ArrayList<>(faults("environment", schema, Stream.of(environment)));
    for (String table : TABLES) {
      Path file = folder.resolve(table + ".csv");
      if (Files.exists(file)) {
        faults.addAll(faults(table, schema, lines(file)));
      }
    }
    return faults;
  }

  private static List<String> faults(String name, JsonNode schema, Stream<JsonNode> values) {
    if (!schema.path("$defs").has(name)) {
      return List.of(name + ": this version of the schema has no such file");
    }
    ObjectNode part = schema.deepCopy();
    part.put("$ref", "#/$defs/" + name);
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(part);
    return values
        .flatMap(
            value -> validator.validate(value).stream().map(m -> name + " " + value + ": " + m))
        .toList();
  }

  private static Stream<JsonNode> lines(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] header = lines.getFirst().split(",", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] fields = line.split(",", -1);
              ObjectNode object = JSON.createObjectNode();
              for (int i = 0; i < fields.length; i++) {
                put(object, i < header.length ? header[i] : "field " + i, fields[i]);
              }
              return object;
            });
  }

  private static void put(ObjectNode object, String name, String field) {
    if (name.equals("params")) {
      object.put(name, field);
    } else if (field.isEmpty()) {
      object.putNull(name);
    } else if (field.matches("[0-9]{1,18}")) {
      object.put(name, Long.parseLong(field));
    } else if (field.matches(NUMBER)) {
      object.put(name, Double.parseDouble(field));
    } else {
      object.put(name, field);
    }
  }
}
