package dev.varve.kit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that a {@link CrashRunner} kills: opens the log and appends until it dies.
 *
 * <p>Standard output is the pipe ({@link CrashMark}); one write per mark, so that a kill never
 * leaves one of them in a buffer. Arguments: factory class, folder, seed, writers, largest record,
 * batches, and for each writer the number of its first append.
 */
final class CrashChild {
  private static final int FIXED_ARGUMENTS = 6;

  private final OutputStream pipe;
  private final CrashWorkload workload;
  private final RecordLogUnderTest log;

  private CrashChild(OutputStream pipe, CrashWorkload workload, RecordLogUnderTest log) {
    this.pipe = pipe;
    this.workload = workload;
    this.log = log;
  }

  /** Appends until killed; a failure ends the process with a stack trace on standard error. */
  public static void main(String[] arguments) throws IOException {
    RecordLogFactory factory = create(arguments[0]);
    CrashWorkload workload =
        new CrashWorkload(
            Long.parseLong(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Boolean.parseBoolean(arguments[5]));
    OutputStream pipe = new FileOutputStream(FileDescriptor.out);
    mark(pipe, CrashMark.OPENING, 0, 0);
    RecordLogUnderTest log = factory.open(Path.of(arguments[1]));
    mark(pipe, CrashMark.OPEN, 0, 0);
    CrashChild child = new CrashChild(pipe, workload, log);
    for (int writer = 0; writer < workload.writers(); writer++) {
      int number = writer;
      long first = Long.parseLong(arguments[FIXED_ARGUMENTS + writer]);
      Thread.ofPlatform().name("writer " + writer).start(() -> child.appendForever(number, first));
    }
  }

  static List<String> arguments(
      Class<? extends RecordLogFactory> factory,
      Path folder,
      CrashWorkload workload,
      long[] first) {
    List<String> arguments = new ArrayList<>();
    arguments.add(factory.getName());
    arguments.add(folder.toString());
    arguments.add(Long.toString(workload.seed()));
    arguments.add(Integer.toString(workload.writers()));
    arguments.add(Integer.toString(workload.largestRecord()));
    arguments.add(Boolean.toString(workload.batches()));
    for (long append : first) {
      arguments.add(Long.toString(append));
    }
    return arguments;
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
    try {
      for (long append = first; ; append++) {
        List<byte[]> payloads = workload.payloads(writer, append);
        mark(pipe, CrashMark.BEGUN, writer, append);
        if (payloads.size() == 1) {
          log.append(payloads.getFirst());
        } else {
          log.appendBatch(payloads);
        }
        mark(pipe, CrashMark.ACKNOWLEDGED, writer, append);
      }
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
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
