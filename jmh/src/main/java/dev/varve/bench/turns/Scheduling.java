package dev.varve.bench.turns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What Linux offers to say which process runs when, and which thread on which core. */
final class Scheduling {
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;

  /** Letters for processes that run, sleep or wait for a device. */
  private static final String RUNNING = "RSD";

  private static final long LOOK_NANOS = 50_000;

  /** Bytes of {@code cpu_set_t} in the C library: a bit for each of 1024 cores. */
  private static final long SET_BYTES = 128;

  private static final Path PROCESSES = Path.of("/proc");

  /** The kernel keeps so much of the name of a thread. */
  private static final int NAME_LENGTH = 15;

  private static final MethodHandle KILL = call("kill", JAVA_INT, JAVA_INT);
  private static final MethodHandle GET_AFFINITY =
      call("sched_getaffinity", JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle SET_AFFINITY =
      call("sched_setaffinity", JAVA_INT, JAVA_LONG, ADDRESS);

  private Scheduling() {}

  /**
   * Has a process stand still with all its threads, and returns when it does; at once where there
   * is none.
   */
  static void stop(long pid) {
    kill(pid, SIGSTOP);
    while (RUNNING.indexOf(state(pid)) >= 0) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** What the kernel says a process is doing, by a letter; a blank where there is none. */
  static char state(long pid) {
    try {
      String line = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return ' ';
    }
  }

  /** Has a process that stands still go on. */
  static void goOn(long pid) {
    kill(pid, SIGCONT);
  }

  private static void kill(long pid, int signal) {
    try {
      int _ = (int) KILL.invokeExact(Math.toIntExact(pid), signal);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** The cores that this process may use, and so those that it starts. */
  static List<Integer> cores() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(SET_BYTES, Long.BYTES);
      int result = (int) GET_AFFINITY.invokeExact(0, SET_BYTES, set);
      List<Integer> cores = new ArrayList<>();
      for (int core = 0; result >= 0 && core < SET_BYTES * Byte.SIZE; core++) {
        if ((set.get(JAVA_BYTE, core / Byte.SIZE) >> core % Byte.SIZE & 1) != 0) {
          cores.add(core);
        }
      }
      return cores;
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** Has a thread run on one core from now on; nothing happens where there is none. */
  static void pin(long thread, int core) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(SET_BYTES, Long.BYTES);
      set.set(JAVA_BYTE, core / Byte.SIZE, (byte) (1 << core % Byte.SIZE));
      int _ = (int) SET_AFFINITY.invokeExact(Math.toIntExact(thread), SET_BYTES, set);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** The threads of a process whose name begins like this, as far as the kernel keeps names. */
  static List<Long> threads(long pid, String name) {
    String kept = name.substring(0, Math.min(NAME_LENGTH, name.length()));
    List<Long> threads = new ArrayList<>();
    Path tasks = PROCESSES.resolve(Long.toString(pid)).resolve("task");
    try (Stream<Path> entries = Files.list(tasks)) {
      for (Path task : (Iterable<Path>) entries::iterator) {
        if (name(task).startsWith(kept)) {
          threads.add(Long.parseLong(String.valueOf(task.getFileName())));
        }
      }
      return threads;
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path task) throws IOException {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  // Calling the C library is what this class is for.
  @SuppressWarnings("restricted")
  private static MethodHandle call(String name, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }
}
