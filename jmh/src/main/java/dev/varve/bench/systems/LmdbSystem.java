package dev.varve.bench.systems;

import static org.lmdbjava.DbiFlags.MDB_CREATE;
import static org.lmdbjava.DbiFlags.MDB_INTEGERKEY;
import static org.lmdbjava.EnvFlags.MDB_MAPASYNC;
import static org.lmdbjava.EnvFlags.MDB_NOSYNC;
import static org.lmdbjava.EnvFlags.MDB_WRITEMAP;
import static org.lmdbjava.PutFlags.MDB_APPEND;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.SeekOp;
import org.lmdbjava.Txn;

/**
 * LMDB as its documentation advises for data that arrives in order: integer keys that count up,
 * inserted with MDB_APPEND into space reserved in the page. Without sync the environment has
 * MDB_NOSYNC, MDB_WRITEMAP and MDB_MAPASYNC; durable is its default, where a commit syncs data and
 * meta page. One append is one transaction of up to 1000 records. What is no longer to be kept is
 * deleted from the front in the same transaction, and its pages are used again. Argument checks of
 * lmdbjava are off (a property among the flags of the benchmarks), as its documentation advises for
 * production.
 */
public final class LmdbSystem implements LogSystem {
  private static final int TRANSACTION_RECORDS = 1000;
  private static final long MAP_SLACK_BYTES = 256L << 20;

  @Override
  public String name() {
    return "lmdb";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public Fit fit(Workload workload) {
    int batch = Math.min(TRANSACTION_RECORDS, workload.recordsPerAppend());
    return switch (workload.task()) {
      case APPEND -> batch > 1 ? Fit.batching(batch + " records per transaction") : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ -> Fit.yes("verifies nothing when it reads");
      case REOPEN -> Fit.yes();
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    EnvFlags[] flags =
        workload.durable()
            ? new EnvFlags[0]
            : new EnvFlags[] {MDB_NOSYNC, MDB_WRITEMAP, MDB_MAPASYNC};
    // Twice the payload bytes: records of 100 bytes fill pages to about two thirds.
    long kept = workload.dropsOldest() ? workload.retainedBytes() : workload.totalBytes();
    Env<ByteBuffer> env =
        Env.create()
            .setMapSize(2 * kept + MAP_SLACK_BYTES)
            .setMaxDbs(1)
            .setMaxReaders(4)
            .open(folder.toFile(), flags);
    return new Session(env, workload);
  }

  private static final class Session implements LogSession {
    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> records;
    private final ThreadLocal<ByteBuffer> keys =
        ThreadLocal.withInitial(
            () -> ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()));
    private final int payloadBytes;
    private final long retainedRecords;
    private final byte[] content;
    private final Txn<ByteBuffer> reading;
    private long first;
    private long next;

    Session(Env<ByteBuffer> env, Workload workload) {
      this.env = env;
      this.records = env.openDbi("records", MDB_CREATE, MDB_INTEGERKEY);
      this.payloadBytes = workload.payloadBytes();
      this.retainedRecords = workload.retainedRecords();
      this.content = new byte[payloadBytes];
      findEnds();
      this.reading = env.txnRead();
      reading.reset();
    }

    private void findEnds() {
      try (Txn<ByteBuffer> txn = env.txnRead();
          Cursor<ByteBuffer> cursor = records.openCursor(txn)) {
        if (cursor.first()) {
          first = sequence(cursor.key());
          cursor.last();
          next = sequence(cursor.key()) + 1;
        }
      }
    }

    /** LMDB has one writer at a time: its lock orders the threads, and the key counts under it. */
    @Override
    public void append(Payloads payloads, int count) {
      for (int left = count; left > 0; left -= TRANSACTION_RECORDS) {
        appendTransaction(payloads, Math.min(left, TRANSACTION_RECORDS));
      }
    }

    private void appendTransaction(Payloads payloads, int count) {
      ByteBuffer key = keys.get();
      try (Txn<ByteBuffer> txn = env.txnWrite()) {
        try (Cursor<ByteBuffer> cursor = records.openCursor(txn)) {
          for (int i = 0; i < count; i++) {
            payloads.placed(next);
            key.putLong(0, next++);
            cursor.reserve(key, payloadBytes, MDB_APPEND).put(payloads.next());
          }
          drop(cursor);
        }
        txn.commit();
      }
    }

    private void drop(Cursor<ByteBuffer> cursor) {
      if (next - first > retainedRecords) {
        cursor.first();
        for (; next - first > retainedRecords; first++) {
          cursor.delete();
          cursor.seek(SeekOp.MDB_GET_CURRENT);
        }
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      boolean forward = direction == Direction.FORWARD;
      try (Txn<ByteBuffer> txn = env.txnRead();
          Cursor<ByteBuffer> cursor = records.openCursor(txn)) {
        boolean more = forward ? cursor.first() : cursor.last();
        for (long left = limit; more && left > 0; left--) {
          take(cursor.val(), answer);
          more = forward ? cursor.next() : cursor.prev();
        }
      }
    }

    @Override
    public void read(long position, Answer answer) {
      ByteBuffer key = keys.get();
      key.putLong(0, position);
      // Renewing a reset read transaction is LMDB's cheap way to begin one.
      reading.renew();
      ByteBuffer value = records.get(reading, key);
      if (value == null) {
        throw new IllegalStateException("wrong answer: nothing at key " + position);
      }
      take(value, answer);
      reading.reset();
    }

    private void take(ByteBuffer value, Answer answer) {
      ByteBuffer record = value.order(ByteOrder.LITTLE_ENDIAN);
      int length = record.remaining();
      if (answer.record(record.getLong(0), record.getLong(length - Long.BYTES), length)) {
        record.get(0, content);
        answer.content(content);
      }
    }

    private static long sequence(ByteBuffer key) {
      return key.order(ByteOrder.nativeOrder()).getLong(0);
    }

    @Override
    public void close() {
      reading.close();
      env.close();
    }
  }
}
