package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionOptionsFIFO;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as its wiki advises for event data: FIFO compaction, which never rewrites a record and
 * drops the oldest tables beyond the size to keep ("FIFO compaction style"); write-ahead log on,
 * its files recycled so that a sync need not write file sizes ("WAL performance"); no compression,
 * as the bytes are to be the same for everyone; a block cache that holds the data. Keys are
 * sequence numbers, big-endian so that they sort. Without sync, appends of many records go as write
 * batches of 100; durable ones as one batch with {@code sync}, which RocksDB groups over threads.
 */
public final class RocksDbSystem implements LogSystem {
  private static final int BATCH_RECORDS = 100;
  private static final long CACHE_BYTES = 512L << 20;

  /**
   * What a table holds of an entry besides its value: two numbers, lengths, a part of the index.
   */
  private static final int ENTRY_BYTES = 24;

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public Fit fit(Workload workload) {
    int batch = batchRecords(workload);
    return switch (workload.task()) {
      case APPEND -> batch > 1 ? Fit.batching(batch + " records per write batch") : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ ->
          Fit.yes("verifies a block when it enters its cache, not on every read");
      case REOPEN -> Fit.yes();
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  private static int batchRecords(Workload workload) {
    return workload.durable()
        ? workload.recordsPerAppend()
        : Math.min(BATCH_RECORDS, workload.recordsPerAppend());
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    RocksDB.loadLibrary();
    try {
      return new Session(folder, workload);
    } catch (RocksDBException e) {
      throw new IOException("cannot open RocksDB in " + folder, e);
    }
  }

  private static final class Session implements LogSession {
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final CompactionOptionsFIFO fifo = new CompactionOptionsFIFO();
    private final Options options = new Options();
    private final WriteOptions writing = new WriteOptions();
    private final ReadOptions reading = new ReadOptions();
    private final RocksDB db;
    private final AtomicLong nextKey = new AtomicLong();
    private final int batchRecords;
    private final byte[] content;
    private final ByteBuffer key = direct(Long.BYTES).order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer value;

    Session(Path folder, Workload workload) throws RocksDBException {
      batchRecords = batchRecords(workload);
      content = new byte[workload.payloadBytes()];
      value = direct(workload.payloadBytes());
      writing.setSync(workload.durable());
      long kept = workload.retainedFileBytes(workload.payloadBytes() + ENTRY_BYTES);
      // The oldest table goes as a whole once all together are larger.
      fifo.setMaxTableFilesSize(kept == Long.MAX_VALUE ? kept : kept + options.writeBufferSize());
      options
          .setCreateIfMissing(true)
          .setCompactionStyle(CompactionStyle.FIFO)
          .setCompactionOptionsFIFO(fifo)
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setRecycleLogFileNum(4)
          .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
      db = RocksDB.open(options, folder.toString());
      findNextKey();
    }

    private void findNextKey() throws RocksDBException {
      try (RocksIterator iterator = db.newIterator(reading)) {
        iterator.seekToLast();
        if (iterator.isValid()) {
          nextKey.set(ByteBuffer.wrap(iterator.key()).getLong() + 1);
        }
        iterator.status();
      }
    }

    @Override
    public void append(Payloads payloads, int count) {
      try {
        for (int left = count; left > 0; left -= batchRecords) {
          appendBatch(payloads, Math.min(left, batchRecords));
        }
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    private void appendBatch(Payloads payloads, int count) throws RocksDBException {
      long first = nextKey.getAndAdd(count);
      byte[] recordKey = new byte[Long.BYTES];
      ByteBuffer keyWriter = ByteBuffer.wrap(recordKey);
      if (count == 1) {
        payloads.placed(first);
        db.put(writing, keyWriter.putLong(0, first).array(), payloads.next());
        return;
      }
      try (WriteBatch batch = new WriteBatch()) {
        for (int i = 0; i < count; i++) {
          payloads.placed(first + i);
          batch.put(keyWriter.putLong(0, first + i).array(), payloads.next());
        }
        db.write(writing, batch);
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      try (RocksIterator iterator = db.newIterator(reading)) {
        boolean forward = direction == Direction.FORWARD;
        if (forward) {
          iterator.seekToFirst();
        } else {
          iterator.seekToLast();
        }
        for (long left = limit; left > 0 && iterator.isValid(); left--) {
          take(iterator.value(value.clear()), answer);
          if (forward) {
            iterator.next();
          } else {
            iterator.prev();
          }
        }
        iterator.status();
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void read(long position, Answer answer) {
      try {
        key.clear().putLong(0, position);
        take(db.get(reading, key, value.clear()), answer);
      } catch (RocksDBException e) {
        throw new IllegalStateException(e);
      }
    }

    private void take(int length, Answer answer) {
      int end = Math.min(Math.max(length, Long.BYTES), value.capacity());
      if (answer.record(value.getLong(0), value.getLong(end - Long.BYTES), length)) {
        value.get(0, content);
        answer.content(content);
      }
    }

    private static ByteBuffer direct(int bytes) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
      for (RocksObject object : new RocksObject[] {db, reading, writing, options, fifo, cache}) {
        object.close();
      }
    }
  }
}
