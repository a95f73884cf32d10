package dev.varve.kit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The process that a {@link CrashRunner} kills: opens the logs and appends until it dies.
 *
 * <p>Standard output is the pipe ({@link CrashMark}); one write per mark, so that a kill never
 * leaves one of them in a buffer. Arguments: factory class, folder, those of the workload, and for
 * each writer the number of its first append.
 */
final class CrashChild {
  private static final int FIXED_ARGUMENTS = 2;

  private final OutputStream pipe;
  private final CrashWorkload workload;
  private final List<RecordLogUnderTest> logs;

  private CrashChild(OutputStream pipe, CrashWorkload workload, List<RecordLogUnderTest> logs) {
    this.pipe = pipe;
    this.workload = workload;
    this.logs = logs;
  }

  /** Appends until killed; a failure ends the process with a stack trace on standard error. */
  public static void main(String[] arguments) throws IOException {
    RecordLogFactory factory = create(arguments[0]);
    String[] rest = Arrays.copyOfRange(arguments, FIXED_ARGUMENTS, arguments.length);
    CrashWorkload workload = CrashWorkload.parse(rest);
    OutputStream pipe = new FileOutputStream(FileDescriptor.out);
    mark(pipe, CrashMark.OPENING, 0, 0);
    List<RecordLogUnderTest> logs = new ArrayList<>();
    for (Path folder : folders(Path.of(arguments[1]), workload)) {
      logs.add(factory.open(folder));
    }
    mark(pipe, CrashMark.OPEN, 0, 0);
    CrashChild child = new CrashChild(pipe, workload, logs);
    int writers = workload.threads();
    for (int writer = 0; writer < writers; writer++) {
      int number = writer;
      long first = Long.parseLong(rest[rest.length - writers + writer]);
      Thread.ofPlatform().name("writer " + writer).start(() -> child.appendForever(number, first));
    }
  }

  static List<String> arguments(
      Class<? extends RecordLogFactory> factory,
      Path folder,
      CrashWorkload workload,
      long[] first) {
    List<String> arguments = new ArrayList<>(List.of(factory.getName(), folder.toString()));
    arguments.addAll(workload.arguments());
    for (long append : first) {
      arguments.add(Long.toString(append));
    }
    return arguments;
  }

  /** The folders of the logs: a single one has the whole folder. */
  static List<Path> folders(Path folder, CrashWorkload workload) {
    if (workload.logs() == 1) {
      return List.of(folder);
    }
    List<Path> folders = new ArrayList<>();
    for (int log = 0; log < workload.logs(); log++) {
      try {
        folders.add(Files.createDirectories(folder.resolve("log-" + log)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folders;
  }

  static RecordLogFactory create(String className) {
    try {
      return Class.forName(className)
          .asSubclass(RecordLogFactory.class)
          .getConstructor()
          .newInstance();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(className + " cannot be created", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          className + " has no public constructor without parameters", e);
    }
  }

  private void appendForever(int writer, long first) {
    RecordLogUnderTest log = logs.get(workload.logOf(writer));
    Map<Long, Long> positions = new HashMap<>();
    try {
      for (long append = first; ; append++) {
        List<byte[]> payloads = workload.payloads(writer, append);
        mark(pipe, CrashMark.BEGUN, writer, append);
        long position =
            payloads.size() == 1 ? log.append(payloads.getFirst()) : log.appendBatch(payloads);
        mark(pipe, CrashMark.ACKNOWLEDGED, writer, append);
        positions.put(append, position);
        if (workload.syncsAfter(writer, append)) {
          log.sync();
          mark(pipe, CrashMark.SYNCED, writer, append);
        }
        dropBefore(log, writer, positions, workload.beginningAfter(append));
      }
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** What an earlier process has appended stays until this one's own appends are old enough. */
  private void dropBefore(
      RecordLogUnderTest log, int writer, Map<Long, Long> positions, long beginning)
      throws IOException {
    Long position = positions.get(beginning);
    if (position != null) {
      mark(pipe, CrashMark.DROPPING, writer, beginning);
      log.dropBefore(position);
      positions.keySet().removeIf(append -> append <= beginning);
    }
  }

  /** A single write below the pipe's atomic size: marks of several threads do not mix. */
  private static void mark(OutputStream pipe, CrashMark mark, int writer, long append)
      throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(CrashMark.BYTES);
    frame.put(mark.code()).putInt(writer).putLong(append);
    pipe.write(frame.array());
  }
}
