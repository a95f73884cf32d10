package dev.varve.bench.systems;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Segments that are staged in memory; each append writes from where it began to the end of the
 * block through a file channel, so that whoever reads the file finds the record and its slot.
 */
final class ChannelRing implements LimitSegments {
  private final ResidentRing staging;
  private final ByteBuffer[] buffers;
  private final FileChannel channel;

  ChannelRing(Path folder, int count) throws IOException {
    staging = new ResidentRing(count);
    buffers = new ByteBuffer[count];
    channel = FileChannel.open(folder.resolve("channel"), CREATE, WRITE);
    for (int i = 0; i < count; i++) {
      buffers[i] = staging.segment(i).asByteBuffer();
      channel.write(buffers[i], (long) i * SEGMENT_BYTES);
    }
  }

  @Override
  public MemorySegment segment(long number) {
    return staging.segment(number);
  }

  @Override
  public MemorySegment next(long number) {
    return staging.segment(number);
  }

  @Override
  public long kept() {
    return staging.kept();
  }

  @Override
  public void stored(long from, long to) {
    int number = (int) (from / SEGMENT_BYTES % buffers.length);
    int offset = (int) (from % SEGMENT_BYTES);
    ByteBuffer buffer = buffers[number];
    int blockEnd = (offset & -LimitLog.BLOCK_BYTES) + LimitLog.BLOCK_BYTES;
    try {
      channel.write(
          buffer.clear().position(offset).limit(blockEnd), (long) number * SEGMENT_BYTES + offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    staging.close();
  }
}
