package dev.varve.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Data flows one way through the harness: each room knows only those that come before it. */
class RoomsTest {
  private static final String ROOT = "dev.varve.bench";

  /** What each room may import of the others, besides the benchmarks that JMH generates. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.of(
          "systems",
          List.of(),
          "questions",
          List.of("systems"),
          "results",
          List.of("systems", "questions"),
          "verdict",
          List.of("systems", "questions", "results"),
          "chart",
          List.of(),
          "compare",
          List.of("systems", "questions", "results", "verdict"),
          "report",
          List.of("systems", "questions", "results", "verdict", "chart", "compare"),
          "doctor",
          List.of("results"),
          "turns",
          List.of());

  private final JavaClasses harness =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

  @Test
  void everyRoomHasARule() {
    assertEquals(
        MAY_IMPORT.keySet(),
        harness.stream()
            .map(type -> type.getPackageName())
            .filter(name -> !name.equals(ROOT) && !name.contains("jmh_generated"))
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(Collectors.toSet()));
  }

  @Test
  void roomsImportOnlyWhatComesBeforeThem() {
    MAY_IMPORT.forEach(
        (room, others) -> {
          String[] forbidden =
              Stream.concat(Stream.of(""), MAY_IMPORT.keySet().stream().map(name -> "." + name))
                  .filter(name -> !name.equals("." + room))
                  .filter(name -> name.isEmpty() || !others.contains(name.substring(1)))
                  .map(name -> ROOT + name)
                  .toArray(String[]::new);
          classes()
              .that()
              .resideInAPackage(ROOT + "." + room)
              .should()
              .onlyDependOnClassesThat()
              .resideOutsideOfPackages(forbidden)
              .check(harness);
        });
  }
}
