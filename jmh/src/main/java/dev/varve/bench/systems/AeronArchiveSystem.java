package dev.varve.bench.systems;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.ArchivingMediaDriver;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.CountersReader;

/**
 * Aeron Archive as its samples set it up for one process: an embedded archiving media driver, both
 * in shared threading mode as for few cores, an exclusive IPC publication that is recorded, claimed
 * in place where a record fits a frame, driver files in shared memory. A record counts as appended
 * when the recording position has passed it, because only then a replay reads it; waiting is done
 * once per append, so many records of one append are recorded while others are still offered.
 * Durable is file sync level 2 (data and metadata) for recordings and catalog. Old segment files of
 * a recording are purged. Checksums of recordings are off, as is the default.
 */
public final class AeronArchiveSystem implements LogSystem {
  @Override
  public String name() {
    return "aeron-archive";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public Fit fit(Workload workload) {
    return switch (workload.task()) {
      case APPEND ->
          workload.recordsPerAppend() > 1
              ? Fit.yes("offered one by one, the recording is awaited once per append")
              : Fit.yes();
      case SCAN_FORWARD -> Fit.yes("replay over IPC, verifies nothing");
      case SCAN_BACKWARD -> Fit.no("replays run forward");
      case READ -> Fit.no("a read is a replay session of its own, several messages long");
      case REOPEN -> Fit.no("a killed driver's files stay locked until its liveness timeout");
      case MAPPING -> Fit.no("not a way to map a file");
    };
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    return new Session(folder, workload);
  }

  private static final class Session implements LogSession {
    private static final String CHANNEL = "aeron:ipc?term-length=64m|mtu=32k";
    private static final String REPLAY_CHANNEL = CHANNEL;
    private static final int STREAM = 17;
    private static final int REPLAY_STREAM = 18;
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int POLL_FRAGMENTS = 256;

    private final ArchivingMediaDriver driver;
    private final AeronArchive archive;
    private final ExclusivePublication publication;
    private final CountersReader counters;
    private final int recordingPosition;
    private final long recordingId;
    private final long retainedBytes;
    private final BufferClaim claim = new BufferClaim();
    private final ReentrantLock offering = new ReentrantLock();
    private final byte[] content;
    private long purgedUpTo;

    Session(Path folder, Workload workload) {
      content = new byte[workload.payloadBytes()];
      retainedBytes = workload.retainedFileBytes(frameBytes(workload.payloadBytes()));
      driver = launch(folder, workload.durable() ? 2 : 0);
      String driverFolder = driver.mediaDriver().aeronDirectoryName();
      archive =
          AeronArchive.connect(
              new AeronArchive.Context()
                  .aeron(Aeron.connect(new Aeron.Context().aeronDirectoryName(driverFolder)))
                  .ownsAeronClient(true)
                  .controlRequestChannel("aeron:ipc")
                  .controlResponseChannel("aeron:ipc"));
      publication = archive.addRecordedExclusivePublication(CHANNEL, STREAM);
      counters = archive.context().aeron().countersReader();
      recordingPosition = awaitRecording();
      recordingId = RecordingPos.getRecordingId(counters, recordingPosition);
    }

    private static ArchivingMediaDriver launch(Path folder, int syncLevel) {
      String driverFolder = driverFolder(folder).toString();
      return ArchivingMediaDriver.launch(
          new MediaDriver.Context()
              .aeronDirectoryName(driverFolder)
              .threadingMode(ThreadingMode.SHARED)
              .dirDeleteOnStart(true)
              .dirDeleteOnShutdown(true),
          new Archive.Context()
              .aeronDirectoryName(driverFolder)
              .archiveDir(folder.resolve("archive").toFile())
              .threadingMode(ArchiveThreadingMode.SHARED)
              .controlChannelEnabled(false)
              .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc"))
              .recordingEventsEnabled(false)
              .replicationChannel("aeron:udp?endpoint=localhost:0")
              .segmentFileLength(SEGMENT_BYTES)
              .catalogFileSyncLevel(syncLevel)
              .fileSyncLevel(syncLevel));
    }

    /** Shared memory, where there is any: the driver's buffers are not the log. */
    private static Path driverFolder(Path folder) {
      Path shared = Path.of("/dev/shm");
      return Files.isWritable(shared)
          ? shared.resolve(
              "varve-bench-%d-%x".formatted(ProcessHandle.current().pid(), folder.hashCode()))
          : folder.resolve("driver");
    }

    private int awaitRecording() {
      int session = publication.sessionId();
      int counter = RecordingPos.findCounterIdBySession(counters, session, archive.archiveId());
      while (counter == CountersReader.NULL_COUNTER_ID) {
        YieldingIdleStrategy.INSTANCE.idle();
        counter = RecordingPos.findCounterIdBySession(counters, session, archive.archiveId());
      }
      return counter;
    }

    private static int frameBytes(int payloadBytes) {
      return BitUtil.align(
          payloadBytes + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
    }

    /** Threads take turns at the publication and wait for the recording together. */
    @Override
    public void append(Payloads payloads, int count) {
      long position = 0;
      offering.lock();
      try {
        for (int i = 0; i < count; i++) {
          position = offer(payloads.next());
        }
      } finally {
        offering.unlock();
      }
      while (counters.getCounterValue(recordingPosition) < position) {
        YieldingIdleStrategy.INSTANCE.idle();
      }
      if (retainedBytes < Long.MAX_VALUE) {
        purge(position);
      }
    }

    private long offer(byte[] payload) {
      boolean claims = payload.length <= publication.maxPayloadLength();
      UnsafeBuffer source = claims ? null : new UnsafeBuffer(payload);
      while (true) {
        long position =
            source == null
                ? publication.tryClaim(payload.length, claim)
                : publication.offer(source);
        if (position > 0) {
          if (source == null) {
            claim.buffer().putBytes(claim.offset(), payload);
            claim.commit();
          }
          return position;
        }
        if (position != Publication.BACK_PRESSURED && position != Publication.ADMIN_ACTION) {
          throw new IllegalStateException(Publication.errorString(position));
        }
        YieldingIdleStrategy.INSTANCE.idle();
      }
    }

    private void purge(long position) {
      if (position - purgedUpTo >= retainedBytes + 2L * SEGMENT_BYTES) {
        purgedUpTo = (position - retainedBytes) / SEGMENT_BYTES * SEGMENT_BYTES;
        archive.purgeSegments(recordingId, purgedUpTo);
      }
    }

    @Override
    public void scan(Direction direction, long limit, Answer answer) {
      long start = archive.getStartPosition(recordingId);
      long end = counters.getCounterValue(recordingPosition);
      if (end == start) {
        return;
      }
      Replay replay = new Replay(limit, answer);
      FragmentHandler handler = new FragmentAssembler(replay);
      try (Subscription subscription =
          archive.replay(recordingId, start, end - start, REPLAY_CHANNEL, REPLAY_STREAM)) {
        boolean started = false;
        while (replay.left > 0 && !(started && subscription.hasNoImages())) {
          int fragments = subscription.poll(handler, POLL_FRAGMENTS);
          started |= fragments > 0;
          YieldingIdleStrategy.INSTANCE.idle(fragments);
        }
      }
    }

    @Override
    public void close() {
      publication.close();
      archive.close();
      driver.close();
    }

    /** Checks what a replay delivers. */
    private final class Replay implements FragmentHandler {
      private final Answer answer;
      private long left;

      Replay(long limit, Answer answer) {
        this.left = limit;
        this.answer = answer;
      }

      @Override
      public void onFragment(
          DirectBuffer buffer, int offset, int length, io.aeron.logbuffer.Header header) {
        if (left-- <= 0) {
          return;
        }
        long sequence = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        long seal = buffer.getLong(offset + length - Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        if (answer.record(sequence, seal, length)) {
          buffer.getBytes(offset, content);
          answer.content(content);
        }
      }
    }
  }
}
