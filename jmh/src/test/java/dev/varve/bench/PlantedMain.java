package dev.varve.bench;

import dev.varve.bench.planted.Planted;
import java.io.IOException;
import java.util.List;

/** The comparison over the planted question alone. */
final class PlantedMain {
  private PlantedMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(
        new Bench(Settings.of(Settings.properties()), System.out).run(List.of(Planted.question())));
  }
}
