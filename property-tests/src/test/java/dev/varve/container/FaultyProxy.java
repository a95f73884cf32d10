package dev.varve.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and an HTTP server on this machine, and does to a part of the requests
 * what a network does: cuts the connection, delays, delivers late or twice. Which, a seed decides,
 * as far as the order in which requests come allows.
 *
 * <p>Every request goes over a connection of its own, to the client as to the server.
 */
final class FaultyProxy implements AutoCloseable {
  private static final int LONGEST_DELAY_MILLIS = 120;

  /** What befalls a request. */
  private enum Fault {
    CUT_BEFORE,
    CUT_IN_REQUEST,
    CUT_IN_ANSWER,
    ANSWER_LOST,
    LATE,
    DELAYED,
    TWICE,
    TWICE_AND_LATE
  }

  private final ServerSocket clients;
  private final int serverPort;
  private final Random random;
  private final int perThousand;
  private final AtomicInteger faults = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A proxy that runs.
   *
   * @param perThousand how many requests something befalls
   */
  FaultyProxy(int serverPort, long seed, int perThousand) {
    this.serverPort = serverPort;
    this.random = new Random(seed);
    this.perThousand = perThousand;
    try {
      clients = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  int port() {
    return clients.getLocalPort();
  }

  /** How many requests something has befallen. */
  int faults() {
    return faults.get();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = clients.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] request = request(client.getInputStream());
      if (request.length > 0) {
        serve(request, client.getOutputStream());
      }
    } catch (IOException cut) {
      // The client sees the same: the connection ends.
    }
  }

  private synchronized int chosen(int bound) {
    return random.nextInt(bound);
  }

  private void serve(byte[] request, OutputStream client) throws IOException {
    if (chosen(1000) >= perThousand) {
      client.write(answer(request));
      return;
    }
    faults.incrementAndGet();
    switch (Fault.values()[chosen(Fault.values().length)]) {
      case CUT_BEFORE -> {}
      case CUT_IN_REQUEST -> {
        byte[] ignored = answer(Arrays.copyOf(request, chosen(request.length)));
      }
      case CUT_IN_ANSWER -> {
        byte[] answer = answer(request);
        client.write(answer, 0, chosen(Math.max(1, answer.length)));
      }
      case ANSWER_LOST -> {
        byte[] ignored = answer(request);
      }
      case LATE -> threads.execute(() -> sendLater(request));
      case DELAYED -> {
        pause();
        client.write(answer(request));
      }
      case TWICE -> {
        client.write(answer(request));
        sendLater(request);
      }
      case TWICE_AND_LATE -> {
        client.write(answer(request));
        threads.execute(() -> sendLater(request));
      }
    }
  }

  private void sendLater(byte[] request) {
    try {
      pause();
      byte[] ignored = answer(request);
    } catch (IOException gone) {
      // Nobody waits for this answer.
    }
  }

  private void pause() {
    try {
      Thread.sleep(chosen(LONGEST_DELAY_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A request with its body, asking for the end of the connection; empty where none comes. */
  private static byte[] request(InputStream from) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int length = 0;
    for (String line = line(from); !line.isEmpty(); line = line(from)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()).trim());
      }
      if (header.startsWith("transfer-encoding:")) {
        throw new IOException("a body without a length: " + line);
      }
      if (!header.matches("(connection|upgrade|http2-settings):.*")) {
        request.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    if (request.size() == 0) {
      return new byte[0];
    }
    request.writeBytes("Connection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(from.readNBytes(length));
    return request.toByteArray();
  }

  private static String line(InputStream from) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = from.read(); next >= 0 && next != '\n'; next = from.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** What the server says to these bytes until it ends the connection. */
  private byte[] answer(byte[] request) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      server.getOutputStream().write(request);
      server.shutdownOutput();
      return server.getInputStream().readAllBytes();
    }
  }

  /** Ends when the last late request has been delivered. */
  @Override
  public void close() {
    try {
      clients.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.close();
  }
}
