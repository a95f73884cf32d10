package dev.varve.segment;

import dev.varve.StorageException;
import dev.varve.io.Directory;

/**
 * Brings a folder to where a writer can go on: looks first, and writes nothing before the verdict.
 *
 * <ol>
 *   <li>the folder is a log of ours, or empty; its sizes are those that were asked for
 *   <li>the writer's lock is taken
 *   <li>recovery judges; damage ends here with the bytes untouched
 *   <li>behind the end: later segments lose their names, highest first, the folder is synced, what
 *       is left of the tail segment is zeroed and synced
 *   <li>the superblock says that a writer is at work, durably
 * </ol>
 */
final class Opening {
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
    if (!Listing.of(directory).holdsLog()) {
      return false;
    }
    try (SuperblockFile superblock = SuperblockFile.open(directory, false)) {
      asked.refuseOther(superblock.current().geometry());
    }
    return true;
  }

  private SuperblockFile create() {
    Superblock fresh = Superblock.fresh(asked.newGeometry(), asked.firstPosition());
    return SuperblockFile.create(directory, fresh);
  }

  /** Takes in a folder of the seed's format. */
  Opened adopt() {
    Geometry geometry = asked.withCheck(CheckKind.MD5).newGeometry();
    new SeedFolder(directory, geometry).judge();
    return locked(
        lock -> {
          Superblock adopted = new SeedFolder(directory, geometry).superblock();
          return continueWith(lock, SuperblockFile.create(directory, adopted), false);
        });
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

  private Opened continueWith(Directory.Lock lock, SuperblockFile superblock, boolean created) {
    SegmentTable table = null;
    try {
      Listing listing = Listing.of(directory);
      Superblock found = superblock.current();
      listing.refuseMisplaced(found.geometry());
      table = listing.table(found);
      RecoveryEvent event = new RecoveryEvent();
      event.begin();
      Opened opened = recover(lock, superblock, table, listing, created);
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
      Listing listing,
      boolean created) {
    Superblock found = superblock.current();
    boolean sameBoot = !bootId().isEmpty() && bootId().equals(found.bootId());
    listing.refuseMissing(table);
    Recovery.Verdict verdict = new Recovery(table, found).judge(sameBoot);
    TornTail.refuseProof(listing, table, verdict.end());
    Leftovers leftovers = new Leftovers(listing, table.firstStart());
    Runnable beforeCut = () -> superblock.update(Superblock::cutting);
    TornTail torn = new TornTail(listing, table, leftovers, beforeCut);
    TornTail.Cut cut = torn.cut(verdict, found.mayBeCutting());
    beginSession(superblock, table, verdict);
    ReadersLock.make(listing);
    LogOptions options = asked.resolved(found.geometry(), found.base());
    RecoveryReport report =
        new RecoveryReport(
            created, found.clean(), sameBoot, verdict.end(), verdict.checkedBytes(), cut.bytes());
    int frames = cut.framesInBlock();
    return new Opened(lock, superblock, table, options, verdict, frames, leftovers, report);
  }

  private String bootId() {
    return asked.io().bootId();
  }

  /** From here on a writer is at work. */
  private void beginSession(
      SuperblockFile superblock, SegmentTable table, Recovery.Verdict verdict) {
    long found = superblock.current().tail();
    long tail = verdict.head() < 0 ? verdict.end() : Positions.settledTail(table, found);
    superblock.update(known -> known.withTail(tail).opened(bootId(), verdict.mark()));
    table.tail(tail);
  }
}
