package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalFile;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.apache.activemq.artemis.core.journal.impl.JournalReaderCallback;

/**
 * The journal of Artemis, the message broker, with files of 10 MiB that are filled ahead as its
 * documentation advises, through NIO without its timed buffer, which lets a durable append wait for
 * more to come. A record has an id, a type and its bytes; durable ones go with {@code sync}. It is
 * made to be read as a whole when a broker starts and keeps no position of a record, so it takes
 * part in appends only; records are dropped by deleting each, which is an append as well, so its
 * rows keep everything.
 */
public final class ArtemisJournalSystem implements LogSystem {
  private static final int FILE_BYTES = 10 << 20;
  private static final int FILES = 2;
  private static final int POOL_FILES = 10;
  private static final int NO_COMPACTION = 0;
  private static final byte RECORD = 1;

  @Override
  public String name() {
    return "artemis-journal";
  }

  @Override
  public boolean quick() {
    return false;
  }

  @Override
  public Fit fit(Workload workload) {
    return switch (workload.task()) {
      case APPEND ->
          workload.dropsOldest()
              ? Fit.yes("keeps everything: dropping a record is an append")
              : Fit.yes();
      case SCAN_FORWARD, SCAN_BACKWARD, READ ->
          Fit.no("is read as a whole when it is opened, and only then");
      case REOPEN -> Fit.no("reads all records when it is opened");
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    try {
      return new Session(new NIOSequentialFileFactory(folder.toFile(), false, 1), workload);
    } catch (Exception e) {
      throw new IOException("cannot open an Artemis journal in " + folder, e);
    }
  }

  private static final class Session implements LogSession {
    private final SequentialFileFactory files;
    private final JournalImpl journal;
    private final boolean durable;
    private final AtomicLong nextId = new AtomicLong();

    Session(SequentialFileFactory files, Workload workload) throws Exception {
      this.files = files;
      durable = workload.durable();
      journal =
          new JournalImpl(
              FILE_BYTES, FILES, POOL_FILES, NO_COMPACTION, 0, files, "records", "journal", 1);
      journal.start();
      nextId.set(journal.loadInternalOnly().getMaxID() + 1);
    }

    @Override
    public void append(Payloads payloads, int count) throws IOException {
      try {
        for (int i = 0; i < count; i++) {
          // Within one append the last sync covers all: it is of the whole file.
          boolean sync = durable && i == count - 1;
          journal.appendAddRecord(nextId.getAndIncrement(), RECORD, payloads.next().clone(), sync);
        }
        if (!durable) {
          journal.flush();
        }
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) throws IOException {
      Reading reading = new Reading(limit, answer);
      try {
        journal.flush();
        for (JournalFile file : journal.orderFiles()) {
          JournalImpl.readJournalFile(files, file, reading);
        }
      } catch (Exception e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      journal.stop();
      files.stop();
    }
  }

  private static final class Reading implements JournalReaderCallback {
    private final Answer answer;
    private long left;

    Reading(long limit, Answer answer) {
      this.left = limit;
      this.answer = answer;
    }

    @Override
    public void onReadAddRecord(RecordInfo record) {
      if (left-- > 0) {
        answer.whole(record.data);
      }
    }
  }
}
