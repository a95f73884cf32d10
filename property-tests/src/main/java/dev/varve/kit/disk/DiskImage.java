package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** What is on the disk when the power comes back. Immutable; any number of disks start from it. */
public final class DiskImage {
  private final Map<String, Inode.State> files;
  private final boolean lossy;
  private final DiskOptions options;
  private final int boot;

  DiskImage(Map<String, Inode.State> files, boolean lossy, DiskOptions options, int boot) {
    this.files = new TreeMap<>(files);
    this.lossy = lossy;
    this.options = options;
    this.boot = boot;
  }

  /** Whether something that had not been synced is missing. */
  public boolean lossy() {
    return lossy;
  }

  /** Tells images apart: equal names, sizes and bytes give equal hashes. */
  public long hash() {
    long hash = 0;
    for (Map.Entry<String, Inode.State> file : files.entrySet()) {
      hash = Hashes.join(hash, Hashes.of(file.getKey()));
      hash = Hashes.join(hash, file.getValue().size());
      for (Sector sector : file.getValue().sectors()) {
        hash = Hashes.join(hash, sector.newest().hash());
      }
    }
    return hash;
  }

  /** The machine after its restart, in another boot, all of its disk durable. */
  public SimulatedDisk start(Schedule schedule) {
    Map<String, Inode> names = new TreeMap<>();
    files.forEach((name, left) -> names.put(name, new Inode(left)));
    return new SimulatedDisk(
        options, schedule, boot, new Names(names, new TreeMap<>(names), new ArrayList<>()));
  }
}
