package dev.varve.chain.azure;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service on this machine that answers as a test says, and remembers what it was asked. */
final class AnsweringService implements AutoCloseable {
  /** What came: the method, the path with its query, and the headers. */
  record Question(String method, String target, Headers headers) {}

  /** Answers one request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Question> questions = new CopyOnWriteArrayList<>();

  AnsweringService(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          questions.add(
              new Question(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders()));
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  /** A status and the service's word for it. */
  static Answer refusal(int status, String code) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("x-ms-error-code", code);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** What a success looks like, which has headers of its own. */
  static Answer success(Map<String, String> headers) {
    return exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("x-ms-request-server-encrypted", "true");
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(201, -1);
    };
  }

  String endpoint() {
    return "http://127.0.0.1:%d/account".formatted(server.getAddress().getPort());
  }

  String connectionString() {
    return "DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;BlobEndpoint="
        + endpoint();
  }

  /** Its container, through the factories' own transport. */
  AzureContainer container() {
    return AzureContainer.ofConnectionString(connectionString(), "sediment");
  }

  List<Question> questions() {
    return List.copyOf(questions);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
