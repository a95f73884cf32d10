package dev.varve.crash;

import dev.varve.StorageException;
import dev.varve.contract.SegmentLogUnderTest;
import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SegmentLog;
import dev.varve.support.CrcFormat;
import dev.varve.support.CrcFormat.Frame;
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens our log as recoveries with a bug each would: what the engine cuts or refuses is read before
 * it is opened, and what the bug would have kept is appended again.
 */
record PlantedRecovery(Path folder, LogOptions options) {

  /** A torn tail is called damage. */
  RecordLogUnderTest refusingTornTails() {
    SegmentLog log = open();
    if (log.recovery().cutBytes() > 0) {
      long end = log.end();
      log.close();
      throw new StorageException.Corrupt("the log", 0, end, "a record", "a torn one");
    }
    return new SegmentLogUnderTest(log);
  }

  /** Damage is called a torn tail: what stands before it is all that is kept. */
  RecordLogUnderTest cuttingDamage() {
    List<Frame> front = following(frames(), 0);
    try {
      return new SegmentLogUnderTest(open());
    } catch (StorageException.Corrupt damage) {
      try (Directory directory = directory()) {
        directory.list().forEach(directory::unlink);
      }
      return appended(open(), front);
    }
  }

  /** The records of a batch that is not there wholly are kept. */
  RecordLogUnderTest keepingPartialBatches() {
    List<Frame> frames = frames();
    SegmentLog log = open();
    return appended(log, following(frames, log.end()));
  }

  /** What is valid behind an invalid record is kept. */
  RecordLogUnderTest keepingWhatIsBehindAHole() {
    List<Frame> frames = frames();
    SegmentLog log = open();
    long end = log.end();
    List<Frame> behind = new ArrayList<>(frames);
    behind.removeIf(frame -> frame.position() < end);
    behind.removeAll(following(frames, end));
    return appended(log, behind);
  }

  /** Zeros behind the end are an empty record. */
  RecordLogUnderTest takingZerosForARecord() {
    SegmentLog log = open();
    if (!log.recovery().created() && !log.recovery().cleanEnd()) {
      long ignored = log.append(new byte[0]);
    }
    return new SegmentLogUnderTest(log);
  }

  private SegmentLog open() {
    return SegmentLog.open(folder, options);
  }

  /** Fragments are left out, which need not be found for the bug to be. */
  private static RecordLogUnderTest appended(SegmentLog log, List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.kind() == CrcFormat.WHOLE) {
        byte[] payload = new byte[frame.payload().remaining()];
        frame.payload().get(0, payload);
        long ignored = log.append(payload);
      }
    }
    return new SegmentLogUnderTest(log);
  }

  /** Frames from a position on without one missing in between. */
  private static List<Frame> following(List<Frame> frames, long end) {
    List<Frame> following = new ArrayList<>();
    long before = 0;
    for (Frame frame : frames) {
      if (frame.position() >= end && frame.position() - frame.back() != before) {
        return following;
      }
      if (frame.position() >= end) {
        following.add(frame);
      }
      before = frame.position();
    }
    return following;
  }

  private Directory directory() {
    return options.io().directory(folder, MappingKind.FFM, true);
  }

  /** Of each block the frames at its front that are valid, oldest first. */
  private List<Frame> frames() {
    CrcFormat format = new CrcFormat(TestLogs.TINY_BLOCK, options.io().newLogId());
    List<Frame> frames = new ArrayList<>();
    try (Directory directory = directory()) {
      for (String name : directory.list().stream().sorted().toList()) {
        StoredFile file = name.endsWith(".sf") ? directory.open(name, false) : null;
        if (file != null) {
          frames(format, file, FolderBytes.start(Path.of(name)), frames);
        }
      }
    }
    return frames;
  }

  private static void frames(CrcFormat format, StoredFile file, long start, List<Frame> frames) {
    try (file;
        Arena arena = Arena.ofConfined()) {
      MemorySegment whole = arena.allocate(file.size());
      byte[] bytes = whole.asSlice(0, file.read(0, whole)).toArray(ValueLayout.JAVA_BYTE);
      for (int at = 0; at + TestLogs.TINY_BLOCK <= bytes.length; at += TestLogs.TINY_BLOCK) {
        ByteBuffer block = ByteBuffer.wrap(bytes, at, TestLogs.TINY_BLOCK).slice();
        frames.addAll(format.front(block, start + at));
      }
    }
  }
}
