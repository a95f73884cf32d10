package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/**
 * The log of a partition of Kafka, without the broker: what a broker calls when a producer's batch
 * has arrived. Records go in batches of up to 100, uncompressed, into segments of its default size;
 * a durable append flushes up to its end, as {@code flush.messages=1} does. Old segments go when
 * the size to keep is exceeded, which a broker looks for every five minutes and this system with
 * every segment's worth of appends. Batches carry a CRC-32C, which a consumer verifies, so scans
 * here do. It reads forward only.
 */
public final class KafkaLogSystem implements LogSystem {
  private static final int BATCH_RECORDS = 100;
  private static final int FETCH_BYTES = 1 << 20;
  private static final int MOST_BATCH_BYTES = 16 << 20;
  private static final int HOUR_MILLIS = 3_600_000;
  private static final int RETAINED_SEGMENTS = 4;
  private static final int EPOCH = 0;

  /** What a record takes besides its value at most: its length, attributes, deltas and counts. */
  private static final int RECORD_BYTES = 16;

  @Override
  public String name() {
    return "kafka-log";
  }

  @Override
  public boolean quick() {
    return false;
  }

  @Override
  public Fit fit(Workload workload) {
    int batch = batchRecords(workload);
    return switch (workload.task()) {
      case APPEND -> batch > 1 ? Fit.batching(batch + " records per batch") : Fit.yes();
      case SCAN_FORWARD -> Fit.yes();
      case SCAN_BACKWARD -> Fit.no("reads forward only");
      case READ -> Fit.yes("reads the whole batch that a record is in");
      case REOPEN -> Fit.no("reads forward only, so the newest record is not read by itself");
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
    return new Session(Files.createDirectories(folder.resolve("records-0")), workload);
  }

  private static final class Session implements LogSession {
    private final KafkaScheduler scheduler = new KafkaScheduler(1);
    private final UnifiedLog log;
    private final boolean durable;
    private final int batchRecords;
    private final long checkEvery;
    private long unchecked;

    Session(Path folder, Workload workload) throws IOException {
      durable = workload.durable();
      batchRecords = batchRecords(workload);
      checkEvery =
          workload.dropsOldest() ? retainedBytes(workload) / RETAINED_SEGMENTS : Long.MAX_VALUE;
      scheduler.startup();
      log =
          UnifiedLog.create(
              folder.toFile(),
              config(workload),
              0,
              0,
              scheduler,
              new BrokerTopicStats(),
              Time.SYSTEM,
              HOUR_MILLIS,
              new ProducerStateManagerConfig(HOUR_MILLIS, false),
              HOUR_MILLIS,
              new LogDirFailureChannel(1),
              false,
              Optional.empty());
    }

    /** With the head of a batch, of which each of its records has a part. */
    private static long retainedBytes(Workload workload) {
      int head = Math.ceilDiv(DefaultRecordBatch.RECORD_BATCH_OVERHEAD, batchRecords(workload));
      return workload.retainedFileBytes(workload.payloadBytes() + RECORD_BYTES + head);
    }

    private static LogConfig config(Workload workload) {
      Map<String, Object> settings = new HashMap<>();
      settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, MOST_BATCH_BYTES);
      if (workload.dropsOldest()) {
        long segment = Math.max(1 << 20, retainedBytes(workload) / RETAINED_SEGMENTS);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, retainedBytes(workload));
        settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, (int) segment);
        settings.put(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, 0L);
      }
      return new LogConfig(settings);
    }

    @Override
    public void append(Payloads payloads, int count) throws IOException {
      for (int left = count; left > 0; left -= batchRecords) {
        appendBatch(payloads, Math.min(left, batchRecords));
      }
    }

    private void appendBatch(Payloads payloads, int count) throws IOException {
      SimpleRecord[] records = new SimpleRecord[count];
      for (int i = 0; i < count; i++) {
        records[i] = new SimpleRecord(payloads.next(i));
      }
      MemoryRecords batch = MemoryRecords.withRecords(Compression.NONE, records);
      long first = log.appendAsLeader(batch, EPOCH).firstOffset();
      for (int i = 0; i < count; i++) {
        payloads.placed(first + i);
      }
      if (durable) {
        log.flush(false);
      }
      drop(batch.sizeInBytes());
    }

    private void drop(int appended) throws IOException {
      if (checkEvery < Long.MAX_VALUE) {
        unchecked += appended;
        if (unchecked >= checkEvery) {
          unchecked = 0;
          log.updateHighWatermark(log.logEndOffset());
          log.deleteOldSegments();
        }
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) throws IOException {
      long left = limit;
      long end = log.logEndOffset();
      for (long next = log.logStartOffset(); next < end && left > 0; ) {
        for (Record record : fetch(next).records()) {
          if (left > 0 && record.offset() >= next) {
            record.ensureValid();
            take(record, answer);
            next = record.offset() + 1;
            left--;
          }
        }
      }
    }

    private Records fetch(long offset) throws IOException {
      return log.read(offset, FETCH_BYTES, FetchIsolation.LOG_END, true).records;
    }

    @Override
    public void read(long position, Answer answer) throws IOException {
      for (Record record : log.read(position, 1, FetchIsolation.LOG_END, true).records.records()) {
        if (record.offset() == position) {
          record.ensureValid();
          take(record, answer);
          return;
        }
      }
      throw new IllegalStateException("wrong answer: nothing at offset " + position);
    }

    private static void take(Record record, Answer answer) {
      ByteBuffer value = record.value().order(ByteOrder.LITTLE_ENDIAN);
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      answer.whole(bytes);
    }

    @Override
    public void close() throws IOException {
      // First, so that nothing of it is deleted in the background any more.
      try {
        scheduler.shutdown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        log.close();
      }
    }
  }
}
