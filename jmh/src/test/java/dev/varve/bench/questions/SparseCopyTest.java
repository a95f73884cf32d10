package dev.varve.bench.questions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reopened is what a killed process left, holes and allocated zeros included. */
class SparseCopyTest {
  private static final int BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void zerosStayZerosAndHolesStayHoles() throws IOException {
    Path from = folder.resolve("from");
    Files.createDirectories(from.resolve("inner"));
    byte[] zeros = new byte[BYTES];
    synced(from.resolve("zeros"), 0, zeros);
    synced(from.resolve("inner").resolve("hole"), BYTES, new byte[] {1});
    Path to = folder.resolve("to");
    SparseCopy.copy(from, to);
    assertArrayEquals(zeros, Files.readAllBytes(to.resolve("zeros")));
    byte[] holed = new byte[BYTES + 1];
    holed[BYTES] = 1;
    assertArrayEquals(holed, Files.readAllBytes(to.resolve("inner").resolve("hole")));
    assertTrue(Footprint.onDisk(to.resolve("zeros")) >= BYTES);
    assertTrue(Footprint.onDisk(to.resolve("inner").resolve("hole")) < BYTES);
  }

  private static void synced(Path file, long offset, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content), offset);
      channel.force(true);
    }
  }

  @Test
  void whatCannotBeCopiedIsAnError() {
    assertThrows(
        IOException.class, () -> SparseCopy.copy(folder.resolve("none"), folder.resolve("to")));
  }
}
