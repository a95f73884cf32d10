package dev.varve.bench.questions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a log took on disk from its opening to its end; NaN where it is not known.
 *
 * @param payloadBytes payload that was appended
 * @param heldBytes payload that the log held at its end
 * @param diskBytes blocks that its closed files took, not their lengths
 * @param writtenBytes bytes that the process gave to the disk, pages of mapped files included
 */
public record Footprint(
    double payloadBytes, double heldBytes, double diskBytes, double writtenBytes) {
  /** Nothing is known. */
  public static final Footprint UNKNOWN =
      new Footprint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** System property with the file in which a fork leaves its footprint; absent: it leaves none. */
  public static final String PROPERTY = "varve.bench.footprint";

  private static final Path IO = Path.of("/proc/self/io");
  private static final String WRITTEN = "write_bytes: ";

  /** Bytes on disk for each byte held. */
  public double diskPerHeld() {
    return diskBytes / heldBytes;
  }

  /** Bytes written for each byte of payload. */
  public double writtenPerPayload() {
    return writtenBytes / payloadBytes;
  }

  /** What this process has given to the disk so far; NaN where the kernel does not tell. */
  public static double writtenSoFar() {
    try (Stream<String> lines = Files.lines(IO)) {
      return lines
          .filter(line -> line.startsWith(WRITTEN))
          .mapToDouble(line -> Double.parseDouble(line.substring(WRITTEN.length())))
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException | UncheckedIOException untold) {
      return Double.NaN;
    }
  }

  /** Blocks that a folder's files take, in bytes, as {@code du} says; NaN where there is none. */
  public static double onDisk(Path folder) {
    try {
      Process du =
          new ProcessBuilder("du", "-s", "-B1", folder.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return du.waitFor() == 0 ? Double.parseDouble(answer.split("\\s", 2)[0]) : Double.NaN;
    } catch (IOException untold) {
      return Double.NaN;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Leaves this for the process that started the fork, if it wants to know. */
  public void leave() {
    String file = System.getProperty(PROPERTY);
    if (file != null) {
      try {
        Files.writeString(
            Path.of(file),
            Stream.of(payloadBytes, heldBytes, diskBytes, writtenBytes)
                .map(String::valueOf)
                .collect(Collectors.joining(" ")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Takes what a fork left, and the file with it; unknown where there is none. */
  public static Footprint take(Path file) throws IOException {
    if (!Files.exists(file)) {
      return UNKNOWN;
    }
    double[] numbers =
        Arrays.stream(Files.readString(file).split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    Files.delete(file);
    return new Footprint(numbers[0], numbers[1], numbers[2], numbers[3]);
  }
}
