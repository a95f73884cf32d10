package dev.varve.kit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A child that was killed: what it had begun, acknowledged and synced when it died. */
final class CrashedChild {
  /** One kill in so many falls into the opening of the log. */
  private static final int OPENING_KILLS = 5;

  private static final int MOST_ACKNOWLEDGED = 120;
  private static final int LONGEST_PAUSE_NANOS = 3_000_000;
  private static final int LONGEST_OPENING_PAUSE_NANOS = 150_000_000;

  private final CrashWorkload workload;
  private final long[] first;
  private final long[] begun;
  private final long[] acknowledged;
  private final long[] synced;
  private final long[] dropped;
  private boolean opened;

  /**
   * A child that finds what earlier ones have left.
   *
   * @param first the number of each writer's next append
   * @param dropped the number of the append before which each writer has given up what there was
   */
  CrashedChild(CrashWorkload workload, long[] first, long[] dropped) {
    this.workload = workload;
    this.first = first.clone();
    this.begun = first.clone();
    this.acknowledged = first.clone();
    this.synced = first.clone();
    this.dropped = dropped.clone();
  }

  /** The number of each writer's first append here. */
  long[] first() {
    return first.clone();
  }

  /** Appends of the writer that were begun, those of earlier cycles included. */
  long begun(int writer) {
    return begun[writer];
  }

  /** Appends of the writer that were acknowledged, those of earlier cycles included. */
  long acknowledged(int writer) {
    return acknowledged[writer];
  }

  /** Appends of the writer that were synced after that, those of earlier cycles included. */
  long synced(int writer) {
    return synced[writer];
  }

  /** For each writer the append before which everything may be gone. */
  long[] dropped() {
    return dropped.clone();
  }

  boolean killedInAppend() {
    return opened && !Arrays.equals(begun, acknowledged);
  }

  boolean killedInOpening() {
    return !opened;
  }

  /** Starts the child, lets it crash at a moment that is chosen here, and reads its last marks. */
  void runAndCrash(Class<? extends RecordLogFactory> factory, CrashMedium medium, Random random) {
    Path folder = medium.begin();
    Path errors = folder.resolveSibling("child-errors");
    try {
      Process process = start(command(factory, folder), errors);
      try (DataInputStream marks = new DataInputStream(process.getInputStream())) {
        waitForTheMoment(marks, random);
        // Through the handle: the process' own method closes the pipe with the last marks in it.
        medium.crash(process.toHandle());
        readToEnd(marks);
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (EOFException e) {
      throw new AssertionError("the child ended before it was killed:\n" + read(errors), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a child was running", e);
    }
  }

  private static Process start(List<String> command, Path errors) throws IOException {
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  private List<String> command(Class<? extends RecordLogFactory> factory, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path", ""));
    command.add(CrashChild.class.getName());
    command.addAll(CrashChild.arguments(factory, folder, workload, first));
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** Returns at a random moment while the child opens its log or, mostly, while it appends. */
  private void waitForTheMoment(DataInputStream marks, Random random) throws IOException {
    readMark(marks);
    if (random.nextInt(OPENING_KILLS) == 0) {
      LockSupport.parkNanos(random.nextInt(LONGEST_OPENING_PAUSE_NANOS));
      return;
    }
    for (int left = 1 + random.nextInt(MOST_ACKNOWLEDGED); left > 0; ) {
      if (readMark(marks) == CrashMark.ACKNOWLEDGED) {
        left--;
      }
    }
    LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
  }

  private void readToEnd(DataInputStream marks) throws IOException {
    try {
      while (true) {
        readMark(marks);
      }
    } catch (EOFException end) {
      // The child is dead and has nothing more to say.
    }
  }

  private CrashMark readMark(DataInputStream marks) throws IOException {
    CrashMark mark = CrashMark.of(marks.readByte());
    int writer = marks.readInt();
    long append = marks.readLong();
    switch (mark) {
      case OPENING -> {}
      case OPEN -> opened = true;
      case BEGUN -> begun[writer] = append + 1;
      case ACKNOWLEDGED -> acknowledged[writer] = append + 1;
      case SYNCED -> synced[writer] = append + 1;
      case DROPPING -> dropped[writer] = append;
    }
    return mark;
  }

  @Override
  public String toString() {
    return "%s, begun %s, acknowledged %s, synced %s, dropped before %s"
        .formatted(
            opened ? "opened" : "killed while opening",
            Arrays.toString(begun),
            Arrays.toString(acknowledged),
            Arrays.toString(synced),
            Arrays.toString(dropped));
  }
}
