package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Brings a folder to where a writer can go on: looks first, and writes nothing before the verdict.
 *
 * <ol>
 *   <li>the folder is a log of ours, or empty; its sizes are those that were asked for
 *   <li>the writer's lock is taken
 *   <li>recovery judges; damage ends here with the bytes untouched
 *   <li>behind the end: later segments are removed, highest first, the folder is synced, what is
 *       left of the tail segment is zeroed and synced
 *   <li>the superblock says that a writer is at work, durably
 * </ol>
 */
final class Opening {
  /** Bounds what a forged mark can make us look for. */
  private static final int MAX_MISSING = 1024;

  private final Directory directory;
  private final LogOptions asked;

  Opening(Directory directory, LogOptions asked) {
    this.directory = directory;
    this.asked = asked;
  }

  /** A log that is ready to be appended to. */
  record Opened(
      Directory.Lock lock,
      SuperblockFile superblock,
      SegmentTable table,
      LogOptions options,
      Recovery.Verdict verdict,
      int framesInBlock,
      Leftovers leftovers,
      RecoveryReport report) {

    /** Gives everything back when nobody can go on with it. */
    void close() {
      table.close();
      superblock.close();
      lock.close();
    }
  }

  Opened open() {
    boolean ignored = holdsLog();
    return locked(
        lock -> {
          boolean created = !holdsLog();
          SuperblockFile superblock = created ? create() : SuperblockFile.open(directory, true);
          return continueWith(lock, superblock, created);
        });
  }

  /**
   * Whether there is a log, of the format that was asked for. Asked before the lock is taken, so
   * that a foreign folder is left as it is, and again with the lock: somebody else may have made a
   * log meanwhile.
   */
  private boolean holdsLog() {
    List<String> names = directory.list();
    if (names.contains(SegmentNames.SUPERBLOCK)) {
      refuseOtherFormat();
      return true;
    }
    refuseForeign(directory, names);
    return false;
  }

  /** Takes in a folder that independent programs wrote after the seed's text. */
  Opened adopt() {
    Geometry geometry = asked.withCheck(CheckKind.MD5).newGeometry();
    judgeSeed(geometry, seedFolder(geometry));
    return locked(
        lock -> {
          SuperblockFile superblock =
              SuperblockFile.create(directory, adopted(geometry, seedFolder(geometry)));
          return continueWith(lock, superblock, false);
        });
  }

  /** The names in a folder that can be adopted. */
  private List<String> seedFolder(Geometry geometry) {
    List<String> names = directory.list();
    if (names.contains(SegmentNames.SUPERBLOCK)) {
      throw new StorageException.UnsupportedFormat(
          directory.path(), "a superblock", "a bare seed folder; open this one");
    }
    List<Long> starts = SegmentNames.segmentStarts(names);
    if (starts.isEmpty()) {
      throw new StorageException.UnsupportedFormat(
          directory.path(), "no segment file", "a folder with f*.sf files");
    }
    refuseMisplaced(geometry, starts);
    return names;
  }

  private static Superblock adopted(Geometry geometry, List<String> names) {
    return Superblock.fresh(geometry, SegmentNames.segmentStarts(names).getFirst());
  }

  /** Refuses a seed folder with a damaged record, before anything is added to it. */
  private void judgeSeed(Geometry geometry, List<String> names) {
    Superblock adopted = adopted(geometry, names);
    SegmentTable table = table(directory, adopted, Set.copyOf(names));
    try {
      refuseLarger(table);
      Recovery.Verdict verdict = new Recovery(table, adopted).judge(false);
      Leftovers none = new Leftovers(directory, names, table.firstStart());
      new TornTail(directory, table, names, none, () -> {}).refuseProof(verdict.end());
    } finally {
      table.close();
    }
  }

  private static void refuseLarger(SegmentTable table) {
    for (Segment segment : table.segments()) {
      SegmentFile file = segment.file();
      long found = file.file().size();
      file.closeFile();
      if (found > file.size()) {
        throw new StorageException.UnsupportedFormat(
            file.name(), found + " bytes", "segments of " + file.size() + " bytes as asked for");
      }
    }
  }

  private interface Step {
    Opened run(Directory.Lock lock);
  }

  private Opened locked(Step step) {
    Directory.Lock lock = directory.tryLock(SegmentNames.WRITER_LOCK, false);
    if (lock == null) {
      String holder = directory.lockHolder(SegmentNames.WRITER_LOCK);
      throw new StorageException.Unavailable(
          "the log in %s is open for writing by process %s"
              .formatted(directory.path(), holder.isEmpty() ? "unknown" : holder));
    }
    try {
      return announced(lock, step.run(lock));
    } catch (RuntimeException | Error failed) {
      lock.close();
      throw failed;
    }
  }

  private static Opened announced(Directory.Lock lock, Opened opened) {
    try {
      lock.announce();
      return opened;
    } catch (RuntimeException | Error failed) {
      opened.table().close();
      opened.superblock().close();
      throw failed;
    }
  }

  /**
   * Refuses a folder without a superblock that holds anything but what an unfinished start leaves.
   */
  static void refuseForeign(Directory directory, List<String> names) {
    List<String> foreign = new ArrayList<>(names);
    foreign.removeIf(
        name ->
            SegmentNames.isPool(name)
                || name.equals(SegmentNames.NEW_SUPERBLOCK)
                || name.equals(SegmentNames.WRITER_LOCK)
                || name.equals(SegmentNames.READERS_LOCK));
    foreign.sort(Comparator.naturalOrder());
    if (!foreign.isEmpty()) {
      boolean seed = SegmentNames.isSegment(foreign.getFirst());
      throw new StorageException.UnsupportedFormat(
          directory.path(),
          foreign.getFirst() + " and no superblock",
          seed
              ? "a Varve log; adoptSeed takes bare seed folders"
              : "a Varve log or an empty folder");
    }
  }

  private void refuseOtherFormat() {
    try (SuperblockFile superblock = SuperblockFile.open(directory, false)) {
      refuseOtherGeometry(superblock.current().geometry(), asked);
    }
  }

  /** Refuses sizes or a check that were asked for and are not the log's. */
  static void refuseOtherGeometry(Geometry found, LogOptions asked) {
    if (asked.blockSize() != 0 && asked.blockSize() != found.blockSize()) {
      throw mismatch("block size", found.blockSize(), asked.blockSize());
    }
    if (asked.segmentSize() != 0 && asked.segmentSize() != found.segmentSize()) {
      throw mismatch("segment size", found.segmentSize(), asked.segmentSize());
    }
    if (asked.check() != null && asked.check() != found.check()) {
      throw mismatch("check", found.check(), asked.check());
    }
  }

  private static StorageException mismatch(String what, Object found, Object wanted) {
    return new StorageException.UnsupportedFormat(
        SegmentNames.SUPERBLOCK, what + " " + found, what + " " + wanted + " as asked for");
  }

  private SuperblockFile create() {
    Superblock fresh = Superblock.fresh(asked.newGeometry(), asked.firstPosition());
    return SuperblockFile.create(directory, fresh);
  }

  /** Readers of other processes, who may not be allowed to make the file, lock it. */
  private void makeReadersLock(Collection<String> names) {
    Directory.Lock readers =
        names.contains(SegmentNames.READERS_LOCK)
            ? null
            : directory.tryLock(SegmentNames.READERS_LOCK, true);
    if (readers != null) {
      readers.close();
    }
  }

  private Opened continueWith(Directory.Lock lock, SuperblockFile superblock, boolean created) {
    SegmentTable table = null;
    try {
      List<String> names = directory.list();
      Superblock found = superblock.current();
      refuseMisplaced(found.geometry(), SegmentNames.segmentStarts(names));
      table = table(directory, found, Set.copyOf(names));
      RecoveryEvent event = new RecoveryEvent();
      event.begin();
      Opened opened = recover(lock, superblock, table, names, created);
      event.tell(directory.path(), opened.report());
      return opened;
    } catch (RuntimeException | Error failed) {
      if (table != null) {
        table.close();
      }
      superblock.close();
      throw failed;
    }
  }

  private Opened recover(
      Directory.Lock lock,
      SuperblockFile superblock,
      SegmentTable table,
      List<String> names,
      boolean created) {
    Superblock found = superblock.current();
    String bootId = asked.io().bootId();
    boolean sameBoot = !bootId.isEmpty() && bootId.equals(found.bootId());
    refuseMissing(table, names);
    Recovery.Verdict verdict = new Recovery(table, found).judge(sameBoot);
    Leftovers leftovers = new Leftovers(directory, names, table.firstStart());
    Runnable beforeCut = () -> superblock.update(Superblock::cutting);
    TornTail torn = new TornTail(directory, table, names, leftovers, beforeCut);
    torn.refuseProof(verdict.end());
    long cutBytes = torn.cut(verdict.end(), verdict.usedLimit(), found.mayBeCutting());
    long tail = verdict.head() < 0 ? verdict.end() : Positions.settledTail(table, found.tail());
    superblock.update(known -> known.withTail(tail).opened(bootId, verdict.mark()));
    makeReadersLock(names);
    table.tail(tail);
    RecoveryReport report =
        new RecoveryReport(
            created, found.clean(), sameBoot, verdict.end(), verdict.checkedBytes(), cutBytes);
    return new Opened(
        lock,
        superblock,
        table,
        asked.resolved(found.geometry(), found.base()),
        verdict,
        torn.framesInBlock(),
        leftovers,
        report);
  }

  /**
   * The table of the segments from the tail on, up to the first that is missing above the proven
   * mark. Those that are missing below it have a place, so that whoever reads there is told.
   */
  static SegmentTable table(Directory directory, Superblock superblock, Set<String> names) {
    Geometry geometry = superblock.geometry();
    long start = geometry.segmentStart(superblock.tail());
    SegmentTable table = new SegmentTable(geometry, start, superblock.tail());
    int missing = 0;
    while (missing <= MAX_MISSING) {
      if (!names.contains(SegmentNames.segment(start))) {
        if (start >= superblock.mark()) {
          break;
        }
        missing++;
      }
      table.add(segment(directory, geometry, start));
      start += geometry.segmentSize();
    }
    return table;
  }

  private static void refuseMissing(SegmentTable table, List<String> names) {
    Set<String> present = Set.copyOf(names);
    for (Segment segment : table.segments()) {
      if (!present.contains(segment.file().name())) {
        throw table.damage(new Block.Fault(segment.start(), "the file", "none")).asException();
      }
    }
  }

  static Segment segment(Directory directory, Geometry geometry, long start) {
    SegmentFile file =
        new SegmentFile(directory, SegmentNames.segment(start), geometry.segmentSize());
    return new Segment(start, file);
  }

  private static void refuseMisplaced(Geometry geometry, List<Long> starts) {
    for (long start : starts) {
      if (start < 0 || start % geometry.segmentSize() != 0) {
        throw new StorageException.UnsupportedFormat(
            start < 0 ? "a segment file" : SegmentNames.segment(start),
            "a name that is no segment's start",
            "multiples of the segment size " + geometry.segmentSize());
      }
    }
  }
}
