package dev.varve.bench.systems;

import java.nio.file.Path;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.bindings.LongBinding;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/**
 * Xodus, itself a log of pages, as its documentation advises for data that arrives in order: keys
 * that count up, put with {@code putRight}, in a store with prefixing; one append is one exclusive
 * transaction of up to 1000 records. The collector of garbage is off, as nothing is rewritten, so
 * nothing can be dropped either. Durable is {@code logDurableWrite}, which syncs with every commit.
 * It verifies nothing when it reads.
 */
public final class XodusSystem implements LogSystem {
  private static final int TRANSACTION_RECORDS = 1000;
  private static final String KEEPS_ALL = "; keeps everything: its collector is off";

  @Override
  public String name() {
    return "xodus";
  }

  @Override
  public boolean quick() {
    return false;
  }

  @Override
  public Fit fit(Workload workload) {
    int batch = Math.min(TRANSACTION_RECORDS, workload.recordsPerAppend());
    String kept = workload.dropsOldest() ? KEEPS_ALL : "";
    return switch (workload.task()) {
      case APPEND ->
          batch > 1 ? Fit.batching(batch + " records per transaction" + kept) : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ -> Fit.yes("verifies nothing when it reads");
      case REOPEN -> Fit.yes();
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    EnvironmentConfig config =
        new EnvironmentConfig().setLogDurableWrite(workload.durable()).setGcEnabled(false);
    return new Session(Environments.newInstance(folder.toFile(), config));
  }

  private static final class Session implements LogSession {
    private final Environment environment;
    private final Store records;
    private long next;

    Session(Environment environment) {
      this.environment = environment;
      records =
          environment.computeInTransaction(
              transaction ->
                  environment.openStore(
                      "records", StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING, transaction));
      environment.executeInReadonlyTransaction(
          transaction -> {
            try (Cursor cursor = records.openCursor(transaction)) {
              next = cursor.getLast() ? LongBinding.entryToLong(cursor.getKey()) + 1 : 0;
            }
          });
    }

    @Override
    public void append(Payloads payloads, int count) {
      for (int left = count; left > 0; left -= TRANSACTION_RECORDS) {
        int batch = Math.min(left, TRANSACTION_RECORDS);
        environment.executeInExclusiveTransaction(transaction -> put(transaction, payloads, batch));
      }
    }

    /** Exclusive transactions run one after the other, so the key counts under their lock. */
    private void put(Transaction transaction, Payloads payloads, int count) {
      for (int i = 0; i < count; i++) {
        payloads.placed(next);
        ByteIterable record = new ArrayByteIterable(payloads.next().clone());
        records.putRight(transaction, LongBinding.longToEntry(next++), record);
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      boolean forward = direction == Direction.FORWARD;
      environment.executeInReadonlyTransaction(
          transaction -> {
            try (Cursor cursor = records.openCursor(transaction)) {
              boolean more = forward ? cursor.getNext() : cursor.getLast();
              for (long left = limit; more && left > 0; left--) {
                answer.whole(bytes(cursor.getValue()));
                more = forward ? cursor.getNext() : cursor.getPrev();
              }
            }
          });
    }

    @Override
    public void read(long position, Answer answer) {
      environment.executeInReadonlyTransaction(
          transaction -> {
            ByteIterable found = records.get(transaction, LongBinding.longToEntry(position));
            if (found == null) {
              throw new IllegalStateException("wrong answer: nothing at key " + position);
            }
            answer.whole(bytes(found));
          });
    }

    private static byte[] bytes(ByteIterable value) {
      byte[] bytes = new byte[value.getLength()];
      System.arraycopy(value.getBytesUnsafe(), 0, bytes, 0, bytes.length);
      return bytes;
    }

    @Override
    public void close() {
      environment.close();
    }
  }
}
