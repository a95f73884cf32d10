package dev.varve.kit.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;

/** The container of one test, and the questions that the parts of the contract have in common. */
final class ContainerFixture {
  /** Nothing here tests time: this is for a container that hangs. */
  static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final BlobContainer container;
  private final Random random = new Random(11);

  ContainerFixture(BlobContainer container) {
    this.container = container;
  }

  BlobContainer container() {
    return container;
  }

  /** Bytes that no earlier call gave. */
  byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  void create(String name) throws ContainerException {
    container.create(name, Map.of(), TIMEOUT);
  }

  /** Creates an append blob of one block each, and returns its content. */
  byte[] createWith(String name, int... sizes) throws ContainerException {
    create(name);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int size : sizes) {
      byte[] block = bytes(size);
      append(name, content.size(), block);
      content.writeBytes(block);
    }
    return content.toByteArray();
  }

  int append(String name, long offset, byte[] block) throws ContainerException {
    return container.append(name, offset, ByteBuffer.wrap(block), TIMEOUT);
  }

  void stage(String name, String id, byte[] block) throws ContainerException {
    container.stageBlock(name, id, ByteBuffer.wrap(block), TIMEOUT);
  }

  BlobProperties properties(String name) throws ContainerException {
    return container.properties(name, TIMEOUT);
  }

  byte[] read(String name, long offset, int atMost) throws ContainerException {
    ByteBuffer target = ByteBuffer.allocate(atMost);
    int count = container.read(name, offset, target, TIMEOUT);
    assertEquals(target.position(), count);
    return Arrays.copyOf(target.array(), count);
  }

  /** The blob holds exactly these bytes. */
  void assertHolds(String name, byte[] content) throws ContainerException {
    assertEquals(content.length, properties(name).length());
    if (content.length > 0) {
      assertArrayEquals(content, read(name, 0, content.length + 1));
    }
  }

  static void assertRefused(Reason reason, int status, String code, Executable request) {
    ContainerException refusal = refused(request);
    assertEquals(
        "%s %d %s".formatted(reason, status, code),
        "%s %d %s".formatted(refusal.reason(), refusal.status(), refusal.code()));
  }

  static ContainerException refused(Executable request) {
    return assertThrows(ContainerException.class, request);
  }
}
