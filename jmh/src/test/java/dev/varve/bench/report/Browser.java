package dev.varve.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/** Chromium without a window, with a profile of its own. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final int MOST_MINUTES = 2;

  private final Path program;
  private final Path folder;

  private Browser(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The one of this machine. Without one the test is skipped, or with CI=true it fails. */
  static Browser in(Path folder) {
    Optional<Path> program =
        Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
            .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isEmpty()) {
      String reason = "there is no chromium on this machine: install package chromium";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      System.out.println("ReportInBrowserTest is skipped: " + reason);
      Assumptions.abort(reason);
    }
    return new Browser(program.orElseThrow(), folder);
  }

  /** A picture of the top of a page. */
  BufferedImage picture(Path page, int width, int height, boolean dark)
      throws IOException, InterruptedException {
    Path png = folder.resolve("picture.png");
    Files.deleteIfExists(png);
    List<String> flags = new ArrayList<>();
    flags.add("--screenshot=" + png);
    flags.add("--window-size=%d,%d".formatted(width, height));
    flags.add("--blink-settings=preferredColorScheme=" + (dark ? 0 : 1));
    open(page, flags);
    return Objects.requireNonNull(ImageIO.read(png.toFile()));
  }

  /** The document after its scripts have run. */
  String document(Path page) throws IOException, InterruptedException {
    return open(page, List.of("--dump-dom")).document();
  }

  /** What the page told the console, a line each. */
  List<String> console(Path page) throws IOException, InterruptedException {
    Output output = open(page, List.of("--dump-dom"));
    return output.log().lines().filter(line -> line.contains(":CONSOLE")).toList();
  }

  private Output open(Path page, List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"));
    command.addAll(List.of("--enable-logging=stderr", "--v=0", "--virtual-time-budget=2000"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.addAll(flags);
    command.add(page.toUri().toString());
    Path document = folder.resolve("document.txt");
    Path log = folder.resolve("log.txt");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(document.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(browser.waitFor(MOST_MINUTES, TimeUnit.MINUTES), "the browser does not end");
    } finally {
      browser.destroyForcibly();
    }
    assertEquals(0, browser.exitValue(), () -> "what the browser said is in " + log);
    return new Output(Files.readString(document), Files.readString(log));
  }

  private record Output(String document, String log) {}
}
