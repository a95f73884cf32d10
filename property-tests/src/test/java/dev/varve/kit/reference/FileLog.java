package dev.varve.kit.reference;

import dev.varve.kit.RecordCursor;
import dev.varve.kit.RecordLogFactory;
import dev.varve.kit.RecordLogTraits;
import dev.varve.kit.RecordLogUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The simplest log that keeps its promises after a kill: all records in memory, and one file of
 * frames, one per append: {@code u32 size of the records | u32 CRC-32 of them | records}, each
 * record {@code u32 length | payload}. A record's position is its address in the file.
 */
public class FileLog implements RecordLogUnderTest {
  private static final int FRAME_HEADER = 8;

  private final int largestRecord;
  private final Path folder;
  private final FileChannel file;
  private final TreeMap<Long, byte[]> records = new TreeMap<>();
  private final TreeMap<Long, Long> batchStarts = new TreeMap<>();
  private final TreeMap<Long, Boolean> ends = new TreeMap<>();
  private long tail;
  private long end;
  private boolean closed;

  FileLog(Path folder, int largestRecord) {
    this.folder = folder;
    this.largestRecord = largestRecord;
    try {
      file =
          FileChannel.open(
              folder.resolve("log"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      recover();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void recover() throws IOException {
    Path tailFile = folder.resolve("tail");
    tail = Files.exists(tailFile) ? Long.parseLong(Files.readString(tailFile)) : 0;
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("log")));
    ends.put(0L, true);
    while (all.remaining() >= FRAME_HEADER) {
      int size = all.getInt();
      int crc = all.getInt();
      if (size > all.remaining() || crc(all.slice(all.position(), size)) != crc) {
        break;
      }
      index(all.slice(all.position(), size), all.position());
      all.position(all.position() + size);
    }
    records.headMap(tail).clear();
    file.truncate(end);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private long index(ByteBuffer frame, long address) {
    while (frame.hasRemaining()) {
      long position = address + frame.position();
      byte[] payload = new byte[frame.getInt()];
      frame.get(payload);
      records.put(position, payload);
      batchStarts.put(position, address);
    }
    end = address + frame.limit();
    ends.put(end, true);
    return address;
  }

  @Override
  public long append(byte[] payload) {
    return appendBatch(List.of(payload));
  }

  @Override
  public synchronized long appendBatch(List<byte[]> payloads) {
    checkOpen();
    int size = payloads.stream().mapToInt(payload -> Integer.BYTES + payload.length).sum();
    long limit = (long) largestRecord + Integer.BYTES * (long) payloads.size();
    if (payloads.isEmpty() || size > limit) {
      throw new IllegalArgumentException("a batch of %d bytes".formatted(size));
    }
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + size);
    frame.position(FRAME_HEADER);
    payloads.forEach(payload -> frame.putInt(payload.length).put(payload));
    frame.putInt(0, size).putInt(Integer.BYTES, crc(frame.slice(FRAME_HEADER, size)));
    store(frame.flip());
    long position = index(frame.slice(FRAME_HEADER, size), end + FRAME_HEADER);
    notifyAll();
    return position;
  }

  /** Hands the frame to the operating system. */
  void store(ByteBuffer frame) {
    try {
      long address = end;
      while (frame.hasRemaining()) {
        address += file.write(frame, address);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void checkOpen() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
  }

  @Override
  public RecordCursor forward() {
    return new Walk(tail(), true);
  }

  @Override
  public RecordCursor forward(long from) {
    checkStart(from);
    return new Walk(from, true);
  }

  @Override
  public RecordCursor backward() {
    return new Walk(end(), false);
  }

  @Override
  public RecordCursor backward(long from) {
    checkStart(from);
    return new Walk(from, false);
  }

  private synchronized void checkStart(long position) {
    checkOpen();
    if (!batchStarts.containsKey(position) && !ends.containsKey(position)) {
      throw new IllegalArgumentException("no record starts at " + position);
    }
  }

  @Override
  public synchronized byte[] read(long position) {
    checkStart(position);
    checkKept(position);
    byte[] payload = records.get(position);
    if (payload == null) {
      throw new IllegalArgumentException("no record starts at " + position);
    }
    return payload.clone();
  }

  private void checkKept(long position) {
    if (position < tail) {
      throw new DroppedException();
    }
  }

  @Override
  public synchronized long head() {
    checkOpen();
    return records.isEmpty() ? -1 : records.lastKey();
  }

  @Override
  public synchronized long tail() {
    checkOpen();
    return records.isEmpty() ? end : records.firstKey();
  }

  @Override
  public synchronized long end() {
    checkOpen();
    return end;
  }

  @Override
  public synchronized long awaitEnd(long position, Duration timeout) throws InterruptedException {
    checkOpen();
    long deadline = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toNanos(); end <= position && left > 0; ) {
      wait(left / 1_000_000 + 1);
      left = deadline - System.nanoTime();
    }
    return end;
  }

  @Override
  public synchronized long sync() {
    checkOpen();
    try {
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return end;
  }

  @Override
  public synchronized void dropBefore(long position) {
    checkStart(position);
    long start = position == end ? end : batchStarts.getOrDefault(position, position);
    tail = Math.max(tail, start);
    records.headMap(tail).clear();
    try {
      Path next = Files.writeString(folder.resolve("tail.next"), Long.toString(tail));
      Files.move(next, folder.resolve("tail"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What this log throws for a record that was given up. */
  static final class DroppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The contract's factory for this log. */
  public static class Factory implements RecordLogFactory {
    private static final int LARGEST_RECORD = 100_000;

    /** Created by the contract and, by name, in the crash runner's child. */
    public Factory() {}

    @Override
    public RecordLogUnderTest open(Path folder) {
      return new FileLog(folder, LARGEST_RECORD);
    }

    @Override
    public RecordLogTraits traits() {
      return new RecordLogTraits(LARGEST_RECORD, 256, true, DroppedException.class);
    }
  }

  /** A cursor: between two calls it remembers nothing but where it is. */
  private final class Walk implements RecordCursor {
    private final boolean forward;
    private boolean inclusive = true;
    private long at;
    private byte[] payload = new byte[0];

    Walk(long from, boolean forward) {
      this.at = from;
      this.forward = forward;
      checkOpen();
    }

    @Override
    public boolean next() {
      synchronized (FileLog.this) {
        checkOpen();
        if (at < tail && (forward || inclusive || !isOldest())) {
          throw new DroppedException();
        }
        NavigableMap<Long, byte[]> rest =
            forward
                ? records.tailMap(at, inclusive)
                : records.headMap(at, inclusive).descendingMap();
        if (rest.isEmpty()) {
          return false;
        }
        at = rest.firstEntry().getKey();
        payload = rest.firstEntry().getValue();
        inclusive = false;
        return true;
      }
    }

    /** Whether there never was a record before this one. */
    private boolean isOldest() {
      return batchStarts.firstKey() == at;
    }

    @Override
    public long position() {
      return at;
    }

    @Override
    public byte[] payload() {
      return payload.clone();
    }

    @Override
    public void close() {}
  }
}
