package dev.varve.bench.compare;

import dev.varve.bench.results.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A result that nobody measured. */
final class PlantedResult {
  static final String MACHINE =
      """
      {"schemaVersion": 2, "cpu": "Z80", "cores": 2, "memory": "MemTotal:  8000000 kB",
       "kernel": "Linux 6.1", "fileSystem": "ext4", "jdk": "Vendor 25.0.1+8"}
      """;

  private PlantedResult() {}

  /** Writes one; its forks are round, question, system, kind, nanoseconds. */
  static RunFolder run(Path run, String environment, List<String> forks) throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("environment.json"), environment);
    StringBuilder rounds =
        new StringBuilder("round,place,question,params,durability,system,kind,score,unit\n");
    int place = 0;
    for (String fork : forks) {
      String[] fields = fork.split(",", -1);
      rounds.append(
          "%s,%d,%s,size=1,NONE,%s,%s,%s,ns/op\n"
              .formatted(fields[0], ++place, fields[1], fields[2], fields[3], fields[4]));
    }
    Files.writeString(run.resolve("rounds.csv"), rounds);
    return RunFolder.open(run);
  }
}
