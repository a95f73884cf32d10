package dev.varve.bench.questions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a log took on disk from its opening to its end; NaN where it is not known.
 *
 * @param payloadBytes payload that was appended
 * @param heldBytes payload that the log held at its end
 * @param diskBytes blocks that its closed files took, not their lengths
 * @param writtenBytes bytes that the device wrote until all was there, its file system's journal
 *     and what others wrote meanwhile included
 */
public record Footprint(
    double payloadBytes, double heldBytes, double diskBytes, double writtenBytes) {
  /** Nothing is known. */
  public static final Footprint UNKNOWN =
      new Footprint(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** System property with the file in which a fork leaves its footprint; absent: it leaves none. */
  public static final String PROPERTY = "varve.bench.footprint";

  /** System property: whether other forks are alive, of whom each writes too. */
  public static final String AMONG_OTHERS = "varve.bench.among-others";

  private static final Path DEVICES = Path.of("/sys/class/block");
  private static final int SECTORS_WRITTEN = 6;
  private static final int SECTOR_BYTES = 512;

  /** Bytes on disk for each byte held. */
  public double diskPerHeld() {
    return diskBytes / heldBytes;
  }

  /** Bytes written for each byte of payload. */
  public double writtenPerPayload() {
    return writtenBytes / payloadBytes;
  }

  /**
   * Writes everything back that waits to be written, and says what the device of a folder has
   * written so far; NaN, and nothing is written back, where that cannot be found out or says
   * nothing of this fork alone. What the kernel counts for a process is no substitute: it counts a
   * large folio for each page of it that becomes dirty.
   */
  static double written(Path folder) throws IOException {
    String device = String.valueOf(Path.of(Files.getFileStore(folder).name()).getFileName());
    Path counters = DEVICES.resolve(device).resolve("stat");
    if (Boolean.getBoolean(AMONG_OTHERS) || !Files.isReadable(counters) || !writeBack(folder)) {
      return Double.NaN;
    }
    String[] numbers = Files.readString(counters).strip().split(" +", -1);
    return Double.parseDouble(numbers[SECTORS_WRITTEN]) * SECTOR_BYTES;
  }

  /**
   * Has the kernel write back all that waits to be written to a folder's file system; false where
   * it cannot be told to.
   */
  public static boolean writeBack(Path folder) {
    return output("sync", "-f", folder.toString()).isPresent();
  }

  /** Blocks that a folder's files take, in bytes, as {@code du} says; NaN where there is none. */
  static double onDisk(Path folder) {
    return output("du", "-s", "-B1", folder.toString())
        .map(answer -> Double.parseDouble(answer.split("\\s", 2)[0]))
        .orElse(Double.NaN);
  }

  /** What a command prints; empty where there is none, or when it fails. */
  private static Optional<String> output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException untold) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Leaves this for the process that started the fork, if it wants to know. */
  void leave() {
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
