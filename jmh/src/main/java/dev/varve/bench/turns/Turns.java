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
  private record Taker(Socket socket, DataInputStream in, long pid, boolean warmsUp) {
    void go() throws IOException {
      Scheduling.goOn(pid);
      socket.getOutputStream().write(TurnProfiler.GO);
    }
  }

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
    List<Integer> cores = Scheduling.cores();
    if (!joined(anyOver) || !setUp(cores.size())) {
      return;
    }
    takers.forEach(taker -> Scheduling.stop(taker.pid));
    onceSetUp.run();
    List<Long> workers = workers();
    boolean going = true;
    for (int i = 0; going && !takers.isEmpty(); i++) {
      int core = cores.get(i % cores.size());
      workers.forEach(worker -> Scheduling.pin(worker, core));
      going = round();
    }
  }

  private boolean joined(BooleanSupplier anyOver) throws IOException {
    while (takers.size() < forks) {
      try {
        Socket socket = door.accept();
        socket.setTcpNoDelay(true);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        takers.add(new Taker(socket, in, in.readLong(), in.readBoolean()));
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

  /**
   * The first turn of each, in which it sets up; false if a fork failed in it. One for each core at
   * a time, unless what comes after the setting up counts already.
   */
  private boolean setUp(int cores) throws IOException {
    Collections.shuffle(takers, order);
    List<Taker> all = List.copyOf(takers);
    int together = all.stream().allMatch(Taker::warmsUp) ? cores : 1;
    for (int i = 0; i < all.size(); i += together) {
      List<Taker> some = all.subList(i, Math.min(i + together, all.size()));
      for (Taker taker : some) {
        taker.go();
      }
      for (Taker taker : some) {
        int answer = answer(taker);
        if (answer == TurnProfiler.LAST) {
          leave(taker);
        } else if (answer != TurnProfiler.DONE) {
          return false;
        }
      }
    }
    return true;
  }

  /** A turn for each, who stands still again after it; false if a fork failed in it. */
  private boolean round() throws IOException {
    Collections.shuffle(takers, order);
    for (Taker taker : List.copyOf(takers)) {
      taker.go();
      switch (answer(taker)) {
        case TurnProfiler.DONE -> Scheduling.stop(taker.pid);
        case TurnProfiler.LAST -> leave(taker);
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  /** Waits until a fork has told its results and is gone. */
  private void leave(Taker taker) throws IOException {
    takers.remove(taker);
    while (answer(taker) != GONE) {}
    taker.socket.close();
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
