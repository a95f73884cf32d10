package dev.varve.bench.turns;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Gives the forks of one case their turns: an iteration each, in an order that is random each time.
 * The others stand still meanwhile, once all are set up. Those of a benchmark that has one thread
 * may have it pinned: to one core in all turns of a round, to the next core in the next. Cores of a
 * virtual machine differ in speed, by what their hosts give to others. Whoever waits for a device
 * is better left alone: away from the core that hears of it first, waking takes twice the time.
 *
 * <p>Trials that are interleaved, though whole runs of a program, are what Abedi and Brecht advise
 * for machines whose speed changes ("Conducting Repeatable Experiments in Highly Variable Cloud
 * Computing Environments", ICPE 2017).
 */
public final class Turns implements AutoCloseable {
  private static final int POLL_MILLIS = 100;
  private static final int GONE = -1;

  private final Optional<String> pinned;
  private final int forks;
  private final Random order;
  private final ServerSocket door;
  private final List<Taker> takers = new ArrayList<>();

  /** A fork that has joined. */
  private record Taker(Socket socket, DataInputStream in, long pid) {}

  /**
   * Turns for so many forks, which the caller starts.
   *
   * @param pinned name of the benchmark whose thread is pinned, if it has one; empty for nobody
   * @param forks how many take part
   * @param order the order of their turns
   */
  public Turns(Optional<String> pinned, int forks, Random order) throws IOException {
    this.pinned = pinned;
    this.forks = forks;
    this.order = order;
    this.door = new ServerSocket(0, forks, InetAddress.getLoopbackAddress());
    door.setSoTimeout(POLL_MILLIS);
  }

  /** Whether they are for more than one. */
  public boolean several() {
    return forks > 1;
  }

  /** What {@link TurnProfiler} of each fork is told. */
  public String line() {
    return Integer.toString(door.getLocalPort());
  }

  /**
   * Waits for all forks and gives them turns until every one is over, or one has failed.
   *
   * @param anyOver whether one of them is over, who may not have taken part
   * @param onceSetUp what happens when all are set up and stand still
   */
  public void conduct(BooleanSupplier anyOver, Runnable onceSetUp) throws IOException {
    if (!joined(anyOver) || !round(false)) {
      return;
    }
    takers.forEach(taker -> Scheduling.stop(taker.pid));
    onceSetUp.run();
    List<Long> workers = workers();
    List<Integer> cores = Scheduling.cores();
    boolean going = true;
    for (int i = 0; going && !takers.isEmpty(); i++) {
      int core = cores.get(i % cores.size());
      workers.forEach(worker -> Scheduling.pin(worker, core));
      going = round(true);
    }
  }

  private boolean joined(BooleanSupplier anyOver) throws IOException {
    while (takers.size() < forks) {
      try {
        Socket socket = door.accept();
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        takers.add(new Taker(socket, in, in.readLong()));
      } catch (SocketTimeoutException e) {
        if (anyOver.getAsBoolean()) {
          return false;
        }
      }
    }
    return true;
  }

  /** The threads to pin: the one that runs the benchmark in each fork, unless there are several. */
  private List<Long> workers() {
    return pinned.stream()
        .flatMap(
            benchmark -> takers.stream().map(taker -> Scheduling.threads(taker.pid, benchmark)))
        .filter(threads -> threads.size() == 1)
        .flatMap(List::stream)
        .toList();
  }

  /** A turn for each; false if a fork failed in it. */
  private boolean round(boolean standStill) throws IOException {
    Collections.shuffle(takers, order);
    for (Taker taker : List.copyOf(takers)) {
      Scheduling.goOn(taker.pid);
      taker.socket.getOutputStream().write(TurnProfiler.GO);
      switch (answer(taker)) {
        case TurnProfiler.DONE -> {
          if (standStill) {
            Scheduling.stop(taker.pid);
          }
        }
        case TurnProfiler.LAST -> {
          takers.remove(taker);
          // Until it has told its results and is gone.
          while (answer(taker) != GONE) {}
          taker.socket.close();
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static int answer(Taker taker) {
    try {
      return taker.in.read();
    } catch (IOException gone) {
      return GONE;
    }
  }

  /** Forks that still wait for a turn fail. */
  @Override
  public void close() throws IOException {
    door.close();
    for (Taker taker : takers) {
      Scheduling.goOn(taker.pid);
      taker.socket.close();
    }
  }
}
