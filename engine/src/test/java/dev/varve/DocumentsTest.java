package dev.varve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents of the repository name things that are there, and all that they have to name. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("varve.root", "..")).normalize();
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern INVARIANT = Pattern.compile("INV-[0-9]+");
  private static final int ARCHITECTURE_LINES = 300;

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : files(path -> path.toString().endsWith(".md"))) {
      Path folder = Objects.requireNonNull(page.getParent());
      for (String target : found(LINK, page, 1)) {
        if (!target.contains(":") && !Files.exists(folder.resolve(target))) {
          broken.add(ROOT.relativize(page) + " -> " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPackageOfTheMainSourcesHasASignOnItsDoor() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path source : files(path -> path.toString().endsWith(".java"))) {
      Path folder = Objects.requireNonNull(source.getParent());
      boolean main = ROOT.relativize(source).toString().replace('\\', '/').contains("/src/main/");
      if (main && !Files.exists(folder.resolve("package-info.java"))) {
        missing.add(ROOT.relativize(folder).toString());
      }
    }
    assertEquals(List.of(), missing.stream().distinct().toList());
  }

  @Test
  void everyFailureOfStorageHasItsParagraph() throws IOException {
    String errors = Files.readString(ROOT.resolve("docs/errors.md"));
    List<String> missing =
        Arrays.stream(StorageException.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .filter(name -> !errors.contains("\n## " + name + "\n"))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void everyDecisionIsInTheIndex() throws IOException {
    Path folder = ROOT.resolve("docs/decisions");
    Path index = folder.resolve("README.md");
    try (Stream<Path> pages = Files.list(folder)) {
      assertEquals(
          new TreeSet<>(
              pages
                  .map(page -> String.valueOf(page.getFileName()))
                  .filter(name -> name.matches("[0-9]{4}-.*\\.md"))
                  .toList()),
          new TreeSet<>(found(LINK, index, 1)));
    }
  }

  @Test
  void everyInvariantThatCodeCitesIsDescribed() throws IOException {
    Path page = ROOT.resolve("ARCHITECTURE.md");
    Set<String> cited = new TreeSet<>();
    for (Path source : files(path -> path.toString().endsWith(".java"))) {
      cited.addAll(found(INVARIANT, source, 0));
    }
    assertTrue(!cited.isEmpty(), "no source cites an invariant");
    cited.removeAll(found(INVARIANT, page, 0));
    assertEquals(Set.of(), cited);
  }

  @Test
  void theArchitectureStaysReadable() throws IOException {
    int lines = Files.readAllLines(ROOT.resolve("ARCHITECTURE.md")).size();
    assertTrue(lines <= ARCHITECTURE_LINES, () -> "ARCHITECTURE.md has " + lines + " lines");
  }

  private static List<String> found(Pattern pattern, Path file, int group) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult match) -> match.group(group))
        .toList();
  }

  /** The repository's own files: nothing that was built, fetched or is hidden. */
  private static List<Path> files(Predicate<Path> wanted) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean foreign = name.startsWith(".") && !folder.equals(ROOT);
            return foreign || Set.of("target", "node_modules", "local").contains(name)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (wanted.test(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertTrue(!files.isEmpty(), "the root of the repository was not found: " + ROOT);
    return files;
  }
}
