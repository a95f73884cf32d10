package dev.varve.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.support.Tried;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Fuzzes each target in a JVM of its own, since Jazzer fuzzes one per JVM: {@code mvn -Pfuzz verify
 * -Dminutes=N}, which the targets share. What it finds lies beside the seeds in {@code
 * src/test/resources} and is a regression test from then on; {@code .cifuzz-corpus} keeps the
 * inputs that reached something new for the next time.
 */
@Tag("fuzz")
class FuzzingTest {
  private static final Path LOGS = Path.of("target", "fuzz");
  private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE");

  static List<Class<?>> targets() {
    return List.of(
        VarintFuzzTest.class,
        EventFrameFuzzTest.class,
        SuperblockFuzzTest.class,
        LogBlocksFuzzTest.class,
        LogFolderFuzzTest.class,
        ChainLinksFuzzTest.class,
        LinkMetadataFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingIsFound(Class<?> target) throws IOException, InterruptedException {
    Path log = Files.createDirectories(LOGS).resolve(target.getSimpleName() + ".log");
    int exit = start(target, log).waitFor();
    Matcher done = DONE.matcher(Files.readString(log));
    long executions = done.find() ? Long.parseLong(done.group(1)) : 0;
    Tried.add("fuzz executions", executions);
    System.out.printf("%s: %,d inputs, %s%n", target.getSimpleName(), executions, log);
    assertEquals(0, exit, () -> "found something, see property-tests/" + log);
  }

  private static Process start(Class<?> target, Path log) throws IOException {
    double minutes = Double.parseDouble(System.getProperty("minutes", "7"));
    long seconds = Math.max(1, (long) (minutes * 60 / targets().size()));
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-ea",
            "-Xmx1g",
            "-Xshare:off",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "-Djazzer.instrumentation_includes=dev.varve.**",
            "-Djazzer.internal.arg.0=varve",
            "-Djazzer.internal.arg.1=-max_total_time=" + seconds,
            "-cp",
            System.getProperty("java.class.path", ""),
            Child.class.getName(),
            target.getName());
    String ignored = child.environment().put("JAZZER_FUZZ", "1");
    return child.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Runs the tests of one class. */
  static final class Child {
    private Child() {}

    /** Ends with 1 where a test has failed, or none has run. */
    public static void main(String[] arguments) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(arguments[0]))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      listener
          .getSummary()
          .printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      boolean fine =
          listener.getSummary().getTestsSucceededCount() > 0
              && listener.getSummary().getTotalFailureCount() == 0;
      System.exit(fine ? 0 : 1);
    }
  }
}
