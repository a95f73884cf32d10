package dev.varve.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.compare.BuiltRevision;
import dev.varve.bench.planted.Planted;
import dev.varve.bench.questions.Question;
import dev.varve.bench.questions.Questions;
import dev.varve.bench.results.Environment;
import dev.varve.bench.results.Fork;
import dev.varve.bench.results.Medium;
import dev.varve.bench.results.RunFolder;
import dev.varve.bench.verdict.Judged;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two revisions, which are this one twice without a build, in a round. */
class RevisionRunTest {
  @TempDir Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void theNewerOneIsMeasuredTwiceAndWhatOneOfThemLacksIsLeftOut() throws Exception {
    List<Plan.Entry> ours = new ArrayList<>(entries(Questions.all(), "varint.*small;do=write"));
    ours.addAll(entries(List.of(Planted.question()), "planted"));
    RunFolder folder =
        RunFolder.create(
            root,
            "compare",
            Instant.EPOCH,
            Environment.now(root, Medium.of(root), List.of(), "", Map.of()));
    RevisionRun run =
        new RevisionRun(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            folder,
            root.resolve("scratch"),
            new BuiltRevision(revision("older"), "aaaaaaaaaaaa"),
            new BuiltRevision(revision("newer"), "bbbbbbbbbbbb"));
    List<Judged> judged = run.run(ours, 1);
    assertEquals(
        List.of("varint63", "varint63-again", "varint63@aaaaaaaaaa"), systems(folder.forks()));
    assertEquals(
        List.of("varint63-again", "varint63@aaaaaaaaaa"),
        judged.stream().map(one -> one.pair().other()).toList());
    assertTrue(judged.getFirst().pair().control(), "the first is the control");
    assertEquals(List.of(1, 2, 3), places(folder.forks()));
    assertTrue(output().contains("left out: revision"), output());
    for (String file : List.of("verdicts.csv", "summary.csv", "table.txt")) {
      assertTrue(Files.exists(folder.path().resolve(file)), file);
    }
  }

  private static List<String> systems(List<Fork> forks) {
    return forks.stream().map(fork -> fork.rows().getFirst().contestant().name()).toList();
  }

  private static List<Integer> places(List<Fork> forks) {
    return List.copyOf(new TreeSet<>(forks.stream().map(Fork::place).toList()));
  }

  private static List<Plan.Entry> entries(List<Question> questions, String pattern) {
    Settings settings = Settings.of(Map.of("bench", pattern, "bench.mode", "verdict"));
    return Plan.of(questions, settings).ours();
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** A checkout whose uberjar is nothing but the class path of this test. */
  private Path revision(String name) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    Files.createDirectories(folder.resolve("tmp"));
    Path target = Files.createDirectories(folder.resolve("jmh").resolve("target"));
    Files.writeString(
        folder.resolve("jmh").resolve("jvm.flags"), "-Djava.io.tmpdir=" + folder + "/tmp\n");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream file = Files.newOutputStream(target.resolve("benchmarks.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      jar.finish();
    }
    return folder;
  }

  private static String classPath() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
        .collect(Collectors.joining(" "));
  }
}
