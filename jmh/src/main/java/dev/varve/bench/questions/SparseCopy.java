package dev.varve.bench.questions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Copies a folder to the disk; where a file is all zeros, the copy has a hole. */
final class SparseCopy {
  private static final int CHUNK_BYTES = 1 << 16;

  private SparseCopy() {}

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path source : entries.toList()) {
        Path target = to.resolve(from.relativize(source).toString());
        if (Files.isDirectory(source)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(source)) {
          copyFile(source, target);
        }
      }
    }
  }

  private static void copyFile(Path source, Path target) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long offset = 0;
      for (int read = in.read(chunk); read > 0; read = in.read(chunk.clear())) {
        boolean last = offset + read == in.size();
        chunk.flip();
        if (last || !chunk.equals(zeros.clear().limit(read))) {
          out.write(chunk, offset);
        }
        offset += read;
      }
      out.force(true);
    }
  }
}
