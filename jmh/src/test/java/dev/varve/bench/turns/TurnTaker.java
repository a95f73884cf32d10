package dev.varve.bench.turns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stands for a fork: takes its turns, and in each writes down who it is, which cores its worker may
 * use, and what its siblings are doing. Arguments: port, number of turns, file to write to, name of
 * the worker, and what is special about it: {@code fails} in its second turn, or {@code warms} up
 * in its first, and fails if no other does meanwhile or before. Everybody else has the first turn
 * to itself, or fails.
 */
final class TurnTaker {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TurnTaker() {}

  public static void main(String[] args) throws Exception {
    int turns = Integer.parseInt(args[1]);
    Path notes = Path.of(args[2]);
    try (ExecutorService worker =
            Executors.newSingleThreadExecutor(task -> new Thread(task, args[3] + "-worker"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
      boolean warms = args[4].equals("warms");
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeLong(ProcessHandle.current().pid());
      out.writeBoolean(warms);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      for (int turn = 1; turn <= turns; turn++) {
        in.readByte();
        if (turn == 2 && args[4].equals("fails")) {
          throw new IllegalStateException("planted failure");
        }
        if (turn == 1 && warms) {
          meet(Path.of(notes + "-warming"));
        } else if (turn == 1) {
          beAlone(Path.of(notes + "-alone"));
        }
        note(notes, worker);
        socket.getOutputStream().write(turn == turns ? TurnProfiler.LAST : TurnProfiler.DONE);
      }
    }
  }

  private static void meet(Path warming) throws IOException, InterruptedException {
    Files.writeString(
        warming,
        ".",
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
    long begin = System.nanoTime();
    while (Files.size(warming) < 2) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("nobody else warms up");
      }
      Thread.sleep(1);
    }
  }

  private static void beAlone(Path mark) throws IOException, InterruptedException {
    Files.createFile(mark);
    Thread.sleep(100);
    Files.delete(mark);
  }

  private static void note(Path notes, ExecutorService worker)
      throws IOException, InterruptedException, ExecutionException {
    String core = worker.submit(TurnTaker::core).get();
    Files.writeString(
        notes,
        "%d %s %s%n".formatted(ProcessHandle.current().pid(), core, others()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** The cores that the calling thread may use. */
  private static String core() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/thread-self/status"))) {
      return lines
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.split("\\s+", 2)[1])
          .collect(Collectors.joining());
    }
  }

  /** States of the other children of the same parent, as the kernel abbreviates them. */
  private static String others() {
    return ProcessHandle.current()
        .parent()
        .orElseThrow()
        .children()
        .filter(each -> each.pid() != ProcessHandle.current().pid())
        .map(each -> String.valueOf(Scheduling.state(each.pid())))
        .sorted()
        .collect(Collectors.joining());
  }
}
