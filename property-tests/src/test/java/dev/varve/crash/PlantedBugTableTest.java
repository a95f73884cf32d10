package dev.varve.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.PlantedChainBug;
import dev.varve.support.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of planted bugs in docs/reliability.md is made from the bugs: {@code
 * -Dplanted.write=true} writes it anew.
 */
class PlantedBugTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("varve.root", "..")).resolve("docs/reliability.md");
  private static final String HEADER = "| planted bug | breaks | found by |";

  private static List<String> table() {
    List<String> table = new ArrayList<>(List.of(HEADER, "|---|---|---|"));
    Stream.<Planted>concat(Stream.of(PlantedBug.values()), Stream.of(PlantedChainBug.values()))
        .map(Planted::row)
        .forEach(table::add);
    return table;
  }

  @Test
  void thePageHasARowForEachPlantedBug() throws IOException {
    List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
    int first = page.indexOf(HEADER);
    int limit = first + page.subList(first, page.size()).indexOf("");
    if (Boolean.getBoolean("planted.write")) {
      page.subList(first, limit).clear();
      page.addAll(first, table());
      Files.write(PAGE, page);
    } else {
      assertEquals(table(), page.subList(first, limit));
    }
  }
}
