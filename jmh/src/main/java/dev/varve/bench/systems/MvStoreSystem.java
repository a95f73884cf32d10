package dev.varve.bench.systems;

import java.nio.file.Path;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * H2's MVStore as its documentation advises for data that arrives in order: keys that count up,
 * added with {@code append}; typed keys and values; commits by the caller and not by a timer, of up
 * to 1000 records; no old versions kept; no compression, as the bytes are to be the same for
 * everyone; no compaction, as nothing is rewritten; a cache that holds the data. Durable is a
 * commit and {@code sync}. What is no longer to be kept is removed in the same commit, and its
 * chunks may be used again at once (retention time 0). A chunk's pages have check values, which are
 * verified when a page enters the cache.
 */
public final class MvStoreSystem implements LogSystem {
  private static final int COMMIT_RECORDS = 1000;
  private static final int CACHE_MEGABYTES = 512;

  @Override
  public String name() {
    return "mvstore";
  }

  @Override
  public boolean quick() {
    return false;
  }

  @Override
  public Fit fit(Workload workload) {
    int batch = Math.min(COMMIT_RECORDS, workload.recordsPerAppend());
    return switch (workload.task()) {
      case APPEND -> batch > 1 ? Fit.batching(batch + " records per commit") : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ ->
          Fit.yes("verifies a page when it enters its cache, not on every read");
      case REOPEN -> Fit.yes();
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    MVStore store =
        new MVStore.Builder()
            .fileName(folder.resolve("records.mv").toString())
            .autoCommitDisabled()
            .autoCompactFillRate(0)
            .cacheSize(CACHE_MEGABYTES)
            .open();
    store.setVersionsToKeep(0);
    store.setRetentionTime(0);
    return new Session(store, workload);
  }

  private static final class Session implements LogSession {
    private final MVStore store;
    private final MVMap<Long, byte[]> records;
    private final boolean durable;
    private final long retainedRecords;
    private long first;
    private long next;

    Session(MVStore store, Workload workload) {
      this.store = store;
      records =
          store.openMap(
              "records",
              new MVMap.Builder<Long, byte[]>()
                  .keyType(LongDataType.INSTANCE)
                  .valueType(ByteArrayDataType.INSTANCE));
      durable = workload.durable();
      retainedRecords = workload.retainedRecords();
      @Nullable Long oldest = records.firstKey();
      @Nullable Long newest = records.lastKey();
      first = oldest == null ? 0 : oldest;
      next = newest == null ? 0 : newest + 1;
    }

    @Override
    public synchronized void append(Payloads payloads, int count) {
      for (int left = count; left > 0; left -= COMMIT_RECORDS) {
        for (int i = Math.min(left, COMMIT_RECORDS); i > 0; i--) {
          payloads.placed(next);
          records.append(next++, payloads.next().clone());
        }
        for (; next - first > retainedRecords; first++) {
          records.remove(first);
        }
        store.commit();
        if (durable) {
          store.sync();
        }
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      boolean forward = direction == Direction.FORWARD;
      Cursor<Long, byte[]> cursor =
          forward
              ? records.cursor(records.firstKey())
              : records.cursor(records.lastKey(), null, true);
      for (long left = limit; left > 0 && cursor.hasNext(); left--) {
        cursor.next();
        answer.whole(cursor.getValue());
      }
    }

    @Override
    public void read(long position, Answer answer) {
      byte[] record = records.get(position);
      if (record == null) {
        throw new IllegalStateException("wrong answer: nothing at key " + position);
      }
      answer.whole(record);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
