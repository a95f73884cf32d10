package dev.varve.bench.report;

import dev.varve.bench.results.Environment;
import java.util.List;

/** Under what figures were measured, as every chart says it. */
final class Setting {
  private static final int COMMIT_LETTERS = 10;

  private final Environment environment;

  Setting(Environment environment) {
    this.environment = environment;
  }

  /** Durability and medium, then the machine, then what was measured. */
  List<String> source(String durability, String medium) {
    return List.of(
        "durability %s, medium %s".formatted(durability, named(medium)), machine(), code());
  }

  /** Processor and kernel. */
  String machine() {
    return "%s, %s cores, %s"
        .formatted(environment.text("cpu"), environment.text("cores"), environment.text("kernel"));
  }

  /** Java and the revision. */
  String code() {
    String commit = environment.commit();
    return "JDK %s, commit %s%s"
        .formatted(
            environment.text("jdk"),
            commit.substring(0, Math.min(COMMIT_LETTERS, commit.length())),
            environment.dirty() ? " with changes" : "");
  }

  /** What is entered to measure it again. */
  String command() {
    return environment.text("command");
  }

  private String named(String medium) {
    String device = environment.text("device");
    return medium.equals(environment.fileSystem()) && !device.isEmpty()
        ? medium + " on " + device
        : medium;
  }
}
