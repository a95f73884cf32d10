package dev.varve.bench.turns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Has a fork wait for its turn before every iteration, warm-ups included. JMH calls its profilers
 * around all that belongs to an iteration: the first one also sets the benchmark up, the last one
 * also takes it down. It measures nothing.
 */
public final class TurnProfiler implements InternalProfiler {
  static final int GO = 1;
  static final int DONE = 2;
  static final int LAST = 3;

  private final int port;
  private @Nullable Socket socket;
  private int left;

  /** JMH makes one in the fork; the line is what {@link Turns#line} gave out. */
  public TurnProfiler(String line) {
    port = Integer.parseInt(line);
  }

  @Override
  public String getDescription() {
    return "takes turns with the other forks of a case";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    try {
      Socket joined = socket;
      if (joined == null) {
        int warmups = benchmark.getWarmup().getCount();
        left = warmups + benchmark.getMeasurement().getCount();
        joined = join(warmups > 0);
        socket = joined;
      }
      if (new DataInputStream(joined.getInputStream()).readByte() != GO) {
        throw new IOException("out of turn");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the other forks are gone", e);
    }
  }

  private Socket join(boolean warmsUp) throws IOException {
    Socket joined = new Socket(InetAddress.getLoopbackAddress(), port);
    joined.setTcpNoDelay(true);
    DataOutputStream out = new DataOutputStream(joined.getOutputStream());
    out.writeLong(ProcessHandle.current().pid());
    out.writeBoolean(warmsUp);
    return joined;
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Socket joined = socket;
    try {
      if (joined != null) {
        joined.getOutputStream().write(--left == 0 ? LAST : DONE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the other forks are gone", e);
    }
    return List.of();
  }
}
