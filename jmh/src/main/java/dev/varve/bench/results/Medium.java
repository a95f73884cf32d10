package dev.varve.bench.results;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * What a folder's files are on.
 *
 * @param type file system, such as {@code ext4}
 * @param device name of the device
 * @param mountPoint where it is mounted
 * @param options mount options; empty where the system does not tell
 */
public record Medium(String type, String device, String mountPoint, String options) {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  /** The medium of an existing folder. */
  public static Medium of(Path folder) throws IOException {
    FileStore store = Files.getFileStore(folder);
    Path real = folder.toRealPath();
    List<String> mounts = Files.isReadable(MOUNTS) ? Files.readAllLines(MOUNTS) : List.of();
    return mounts.stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 3 && real.startsWith(fields[1]))
        .max(Comparator.comparingInt(fields -> fields[1].length()))
        .map(fields -> new Medium(fields[2], fields[0], fields[1], fields[3]))
        .orElseGet(() -> new Medium(store.type(), store.name(), "", ""));
  }
}
