package dev.varve.bench.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.bench.questions.Scratch;
import dev.varve.bench.results.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of committed runs as a browser shows them, and planted faults that the checks see. */
class ReportInBrowserTest {
  private static final String MAPPED = "2026-11-21_mapped_x86-64-2core";
  private static final String FULL = "2026-11-21_full2_x86-64-2core";
  private static final String AZURITE = "2026-11-21_azurite_x86-64-2core";
  private static final byte[] NOTHING = "HTTP/1.1 404 None\r\n\r\n".getBytes(US_ASCII);
  private static final int PHONE = 390;
  private static final int DESK = 1280;
  private static final String TELL_WIDTHS =
      """
      <script>addEventListener('load', () => {
        const root = document.documentElement;
        parent.postMessage('widths ' + root.scrollWidth + ' ' + root.clientWidth, '*');
      });</script>
      """;
  private static final String HEAR_WIDTHS =
      "<script>addEventListener('message', told => document.body.append(told.data));</script>";
  private static final Pattern MEASURED = Pattern.compile("widths (\\d+) (\\d+)");
  private static final Pattern POLICY = Pattern.compile("<meta http-equiv=[^>]*>");

  @TempDir Path folder;
  private Browser browser;

  @BeforeEach
  void findBrowser() {
    browser = Browser.in(folder);
  }

  private Path report(String run) throws IOException {
    Path out = folder.resolve(run);
    Path committed = Scratch.root().resolve("results").resolve(run);
    new Report(RunFolder.open(committed)).write(out);
    return out.resolve(Report.PAGE);
  }

  /** A copy of a page with something more at the end of its body, and without its policy. */
  private static Path with(Path page, String more) throws IOException {
    Path copy = page.resolveSibling("copy.html");
    String open = POLICY.matcher(Files.readString(page)).replaceFirst("");
    Files.writeString(copy, open.replace("</body>", more + "</body>"));
    return copy;
  }

  @ParameterizedTest
  @ValueSource(strings = {MAPPED, FULL, AZURITE})
  void nothingIsWiderThanAPhone(String run) throws Exception {
    assertTrue(overflow(report(run), "") <= 0, () -> run + " scrolls sideways");
  }

  @Test
  void whatIsWiderThanAPhoneIsSeen() throws Exception {
    String wide = "<div style='width:500px;position:absolute;left:0'>x</div>";
    assertEquals(500 - PHONE, overflow(report(MAPPED), wide));
  }

  /** By how many pixels a page is wider than a phone; a frame, as windows are not as narrow. */
  private int overflow(Path page, String more) throws Exception {
    Path phone = page.resolveSibling("phone.html");
    Path told = with(page, more + TELL_WIDTHS);
    Files.writeString(
        phone,
        "%s<iframe src=\"%s\" style=\"width: %dpx; height: 800px; border: 0\"></iframe>"
            .formatted(HEAR_WIDTHS, told.getFileName(), PHONE));
    Matcher widths = MEASURED.matcher(browser.document(phone));
    assertTrue(widths.find(), "the page was not measured");
    assertEquals(PHONE, Integer.parseInt(widths.group(2)), "the frame is not as wide as a phone");
    return Integer.parseInt(widths.group(1)) - PHONE;
  }

  @ParameterizedTest
  @ValueSource(strings = {MAPPED, FULL})
  void theConsoleStaysEmpty(String run) throws Exception {
    assertEquals(List.of(), browser.console(report(run)));
  }

  @Test
  void anErrorOnTheConsoleIsSeen() throws Exception {
    Path planted = with(report(MAPPED), "<script>console.error('planted')</script>");
    List<String> console = browser.console(planted);
    assertEquals(1, console.size());
    assertTrue(console.getFirst().contains("planted"), console::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {MAPPED, FULL})
  void nobodyIsAskedForAnything(String run) throws Exception {
    Path page = report(run);
    String text = Files.readString(page);
    assertTrue(text.contains("default-src &#39;none&#39;"), "the policy is gone");
    assertEquals(0, connections(page, port -> text));
    assertEquals(List.of(), addresses(text));
  }

  @Test
  void aRequestIsSeenAndThePolicyForbidsIt() throws Exception {
    Path page = report(MAPPED);
    String text = Files.readString(page);
    assertNotEquals(0, connections(page, port -> without(image(text, port))));
    assertEquals(0, connections(page, port -> image(text, port)));
    assertEquals(List.of("http://127.0.0.1:80/"), addresses(image(text, 80)));
  }

  private static String image(String text, int port) {
    return text.replace("</body>", "<img src=\"http://127.0.0.1:%d/\"></body>".formatted(port));
  }

  private static String without(String text) {
    return POLICY.matcher(text).replaceFirst("");
  }

  private static List<String> addresses(String text) {
    return Pattern.compile("(?:https?:|url\\()[^\"')\\s]*")
        .matcher(text)
        .results()
        .map(found -> found.group())
        .toList();
  }

  /** How often a browser that shows a page connects to a server that the page may know. */
  private int connections(Path page, IntFunction<String> text) throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> count(server, connections));
      Path copy = page.resolveSibling("copy.html");
      Files.writeString(copy, text.apply(server.getLocalPort()));
      browser.document(copy);
    }
    return connections.get();
  }

  private static void count(ServerSocket server, AtomicInteger connections) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        connections.incrementAndGet();
        connection.getOutputStream().write(NOTHING);
      } catch (IOException closed) {
        // The server is closed when the page has been shown.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, DESK})
  void darkAndLightAreDifferentPicturesWithSomethingOnThem(int width) throws Exception {
    Path page = report(FULL);
    BufferedImage light = browser.picture(page, width, 1600, false);
    BufferedImage dark = browser.picture(page, width, 1600, true);
    for (BufferedImage picture : List.of(light, dark)) {
      assertTrue(colours(picture) > 20, () -> colours(picture) + " colours");
    }
    assertTrue(brightness(light) > 200, () -> "light: " + brightness(light));
    assertTrue(brightness(dark) < 60, () -> "dark: " + brightness(dark));
  }

  @Test
  void aChartAsAPictureFollowsTheReadersScheme() throws Exception {
    Path page = report(MAPPED).resolveSibling("readme.html");
    Files.writeString(page, "<img src='charts/append-steady-size-100-none-ext4.svg'>");
    BufferedImage light = browser.picture(page, PHONE, 300, false);
    BufferedImage dark = browser.picture(page, PHONE, 300, true);
    assertTrue(colours(light) > 20, () -> colours(light) + " colours");
    assertTrue(brightness(light) > 200, () -> "light: " + brightness(light));
    assertTrue(brightness(dark) < brightness(light) - 50, () -> "dark: " + brightness(dark));
  }

  private static long colours(BufferedImage picture) {
    return pixels(picture).distinct().count();
  }

  private static double brightness(BufferedImage picture) {
    return pixels(picture)
        .map(rgb -> ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3)
        .average()
        .orElse(0);
  }

  private static IntStream pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return IntStream.range(0, width * picture.getHeight())
        .map(i -> picture.getRGB(i % width, i / width) & 0xffffff);
  }
}
