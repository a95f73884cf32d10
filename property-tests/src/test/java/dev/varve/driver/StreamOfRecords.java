package dev.varve.driver;

import dev.varve.kit.RecordCursor;
import dev.varve.kit.RecordLogUnderTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * A stream as the crash runner knows logs: a record is an event whose key says by how many bytes it
 * was padded to a multiple of 8, and one more. What streams do not have is refused.
 */
final class StreamOfRecords implements RecordLogUnderTest {
  private final StorageDriver driver;

  StreamOfRecords(StorageDriver driver) {
    this.driver = driver;
  }

  @Override
  public long append(byte[] payload) {
    return appendBatch(List.of(payload));
  }

  /** Contends for the end until it is won. */
  @Override
  public long appendBatch(List<byte[]> payloads) {
    EventBatch batch = new EventBatch();
    for (byte[] payload : payloads) {
      int padding = -payload.length & 7;
      batch.add(padding + 1L, Arrays.copyOf(payload, payload.length + padding));
    }
    long expected = driver.end();
    while (true) {
      switch (driver.append(expected, batch)) {
        case Append.Appended appended -> {
          return appended.position();
        }
        case Append.Outdated outdated -> expected = outdated.end();
        case Append.Unknown unknown -> throw unknown.cause();
      }
    }
  }

  @Override
  public RecordCursor forward() {
    return forward(0);
  }

  @Override
  public RecordCursor forward(long from) {
    return new Events(Streams.read(driver, from).iterator());
  }

  private static final class Events implements RecordCursor {
    private final Iterator<Streams.Event> rest;
    private Streams.Event current = new Streams.Event(-1, 0, new byte[0]);

    Events(Iterator<Streams.Event> rest) {
      this.rest = rest;
    }

    @Override
    public boolean next() {
      if (!rest.hasNext()) {
        return false;
      }
      current = rest.next();
      return true;
    }

    @Override
    public long position() {
      return current.position();
    }

    @Override
    public byte[] payload() {
      int padding = (int) current.key() - 1;
      return Arrays.copyOf(current.content(), current.content().length - padding);
    }

    @Override
    public void close() {}
  }

  @Override
  public long end() {
    return driver.end();
  }

  @Override
  public long tail() {
    return 0;
  }

  @Override
  public long awaitEnd(long position, Duration timeout) throws InterruptedException {
    boolean ignored = driver.awaitEnd(position, timeout);
    return driver.end();
  }

  @Override
  public RecordCursor backward() {
    throw new UnsupportedOperationException();
  }

  @Override
  public RecordCursor backward(long from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] read(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long head() {
    throw new UnsupportedOperationException();
  }

  /** What was appended is durable already. */
  @Override
  public long sync() {
    return driver.end();
  }

  @Override
  public void dropBefore(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    driver.close();
  }
}
