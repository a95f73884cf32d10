package dev.varve.support;

import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.disk.DiskOptions;
import dev.varve.kit.disk.Schedule;
import dev.varve.kit.disk.SimulatedDisk;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log's folder, in memory; locks and prepared files are left out. */
public record FolderCopy(Map<String, byte[]> files) {
  /** Where a disk has them. */
  public static final Path FOLDER = Path.of("log");

  /** Keeps its own copy of the map, not of the bytes. */
  public FolderCopy {
    files = new TreeMap<>(files);
  }

  /** What a disk's folder holds now. */
  public static FolderCopy of(SimulatedDisk disk) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Directory directory = disk.directory(FOLDER, MappingKind.FFM, false)) {
      for (String name : directory.list()) {
        if (!name.endsWith(".lock") && !name.endsWith(".free")) {
          files.put(name, content(directory, name));
        }
      }
    }
    return new FolderCopy(files);
  }

  private static byte[] content(Directory directory, String name) {
    StoredFile file = directory.open(name, false);
    if (file == null) {
      throw new AssertionError(name + " has gone");
    }
    try (file) {
      byte[] bytes = new byte[(int) file.size()];
      int read = file.read(0, MemorySegment.ofArray(bytes));
      return Arrays.copyOf(bytes, read);
    }
  }

  /** A disk that holds these files. */
  public SimulatedDisk start() {
    SimulatedDisk disk = new SimulatedDisk(DiskOptions.defaults(), Schedule.callerFirst());
    try (Directory directory = disk.directory(FOLDER, MappingKind.FFM, true)) {
      files.forEach(
          (name, bytes) -> {
            try (StoredFile file = directory.create(name)) {
              if (bytes.length > 0) {
                file.writeFully(0, MemorySegment.ofArray(bytes));
              }
            }
          });
    }
    return disk;
  }

  /** The same with another file of that name, or one more. */
  public FolderCopy with(String name, byte[] bytes) {
    FolderCopy changed = new FolderCopy(files);
    changed.files.put(name, bytes);
    return changed;
  }

  /** The same without that file. */
  public FolderCopy without(String name) {
    FolderCopy changed = new FolderCopy(files);
    changed.files.keySet().remove(name);
    return changed;
  }

  /** The bytes of a file, none where it is not there. */
  public byte[] file(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? new byte[0] : bytes;
  }

  /** Whether every file has the same bytes. */
  public boolean sameAs(FolderCopy other) {
    return files.keySet().equals(other.files.keySet())
        && files.keySet().stream().allMatch(name -> Arrays.equals(file(name), other.file(name)));
  }
}
