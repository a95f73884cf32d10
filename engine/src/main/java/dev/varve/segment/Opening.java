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
  private final String bootId;

  Opening(Directory directory, LogOptions asked) {
    this.directory = directory;
    this.asked = asked;
    this.bootId = asked.io().bootId();
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
    refuseForeign();
    return locked(
        lock -> {
          Listing listing = Listing.of(directory);
          return listing.holdsLog() ? reopen(lock, listing) : create(lock, listing);
        });
  }

  /**
   * Looks before the lock is taken, where that makes its file: a foreign folder is left as it is.
   * Whatever is here now is looked at again with the lock.
   */
  private void refuseForeign() {
    if (!directory.exists(SegmentNames.WRITER_LOCK) && Listing.of(directory).holdsLog()) {
      try (SuperblockFile superblock = SuperblockFile.open(directory, false)) {
        asked.refuseOther(superblock.current().geometry());
      }
    }
  }

  private Opened reopen(Directory.Lock lock, Listing listing) {
    SuperblockFile superblock = SuperblockFile.open(directory, true);
    try {
      asked.refuseOther(superblock.current().geometry());
    } catch (StorageException refused) {
      superblock.close();
      throw refused;
    }
    return continueWith(lock, superblock, listing, false);
  }

  private Opened create(Directory.Lock lock, Listing listing) {
    Superblock fresh = Superblock.fresh(asked.newGeometry(), asked.firstPosition());
    SuperblockFile superblock = SuperblockFile.create(directory, fresh);
    return continueWith(lock, superblock, listing, true);
  }

  /** Takes in a folder of the seed's format. */
  Opened adopt() {
    Geometry geometry = asked.withCheck(CheckKind.MD5).newGeometry();
    new SeedFolder(directory, geometry).judge();
    return locked(
        lock -> {
          Listing listing = Listing.of(directory);
          Superblock adopted = new SeedFolder(directory, geometry).superblock();
          SuperblockFile superblock = SuperblockFile.create(directory, adopted);
          return continueWith(lock, superblock, listing, false);
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

  private Opened continueWith(
      Directory.Lock lock, SuperblockFile superblock, Listing listing, boolean created) {
    SegmentTable table = null;
    try {
      Superblock found = superblock.current();
      listing.refuseMisplaced(found.geometry());
      table = listing.table(found);
      RecoveryEvent event = Recorder.recovery();
      Opened opened = recover(lock, superblock, table, listing, created);
      if (event != null) {
        event.tell(directory.path(), opened.report());
      }
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
    boolean sameBoot = !bootId.isEmpty() && bootId.equals(found.bootId());
    listing.refuseMissing(table);
    Recovery.Verdict verdict = new Recovery(table, found).judge(sameBoot);
    TornTail.refuseProof(listing, table, verdict.end());
    Leftovers leftovers = new Leftovers(listing, table.firstStart());
    Runnable beforeCut = () -> superblock.update(Superblock::cutting);
    TornTail torn = new TornTail(listing, table, leftovers, beforeCut);
    TornTail.Cut cut = torn.cut(verdict, found.mayBeCutting());
    beginSession(superblock, table, verdict, leftovers);
    ReadersLock.make(listing);
    LogOptions options = asked.resolved(found.geometry(), found.base());
    RecoveryReport report =
        new RecoveryReport(
            created, found.clean(), sameBoot, verdict.end(), verdict.checkedBytes(), cut.bytes());
    int frames = cut.framesInBlock();
    return new Opened(lock, superblock, table, options, verdict, frames, leftovers, report);
  }

  /**
   * From here on a writer is at work. Where the one before died in this run of the kernel and left
   * nothing to remove, both copies say so already, and no sync has to be waited for.
   */
  private void beginSession(
      SuperblockFile superblock,
      SegmentTable table,
      Recovery.Verdict verdict,
      Leftovers leftovers) {
    long found = superblock.current().tail();
    long tail = verdict.head() < 0 ? verdict.end() : Positions.settledTail(table, found);
    boolean said = superblock.durably(copy -> copy.leftOpenIn(bootId));
    if (!said || tail != found || leftovers.holdSegments()) {
      superblock.update(known -> known.withTail(tail).opened(bootId, verdict.mark()));
    }
    table.tail(tail);
  }
}
