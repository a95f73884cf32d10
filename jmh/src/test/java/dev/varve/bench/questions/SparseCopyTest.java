package dev.varve.bench.questions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is reopened is what a killed process left, holes and allocated zeros included. */
class SparseCopyTest {
  private static final int BYTES = 1 << 20;

  @TempDir Path folder;
  private Path from;
  private Path kept;
  private Path to;
  private SparseCopy copy;

  @BeforeEach
  void folders() throws IOException {
    from = Files.createDirectories(folder.resolve("from"));
    kept = Files.createDirectories(folder.resolve("kept"));
    to = Files.createDirectories(folder.resolve("to"));
    copy = new SparseCopy(from, kept, to);
  }

  @Test
  void zerosStayZerosAndHolesStayHoles() throws IOException {
    Files.createDirectories(from.resolve("inner"));
    byte[] zeros = new byte[BYTES];
    synced(from.resolve("zeros"), 0, zeros);
    synced(from.resolve("inner").resolve("hole"), BYTES, new byte[] {1});
    copy.restore();
    assertArrayEquals(zeros, Files.readAllBytes(to.resolve("zeros")));
    byte[] holed = new byte[BYTES + 1];
    holed[BYTES] = 1;
    assertArrayEquals(holed, Files.readAllBytes(to.resolve("inner").resolve("hole")));
    assertTrue(Footprint.onDisk(to.resolve("zeros")) >= BYTES);
    assertTrue(Footprint.onDisk(to.resolve("inner").resolve("hole")) < BYTES);
  }

  @Test
  void whatWasWrittenIntoAHoleIsAHoleAgain() throws IOException {
    synced(from.resolve("hole"), BYTES, new byte[] {1});
    byte[] original = Files.readAllBytes(from.resolve("hole"));
    copy.restore();
    Object node = Files.getAttribute(to.resolve("hole"), "unix:ino");
    try (FileChannel file = FileChannel.open(to.resolve("hole"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[BYTES / 2]), 0);
      file.write(ByteBuffer.wrap(new byte[] {2, 3}), BYTES - 1);
      file.force(true);
    }
    assertTrue(Footprint.onDisk(to.resolve("hole")) >= BYTES / 2, "nothing was put into the hole");
    copy.restore();
    assertArrayEquals(original, Files.readAllBytes(to.resolve("hole")));
    assertTrue(Footprint.onDisk(to.resolve("hole")) < BYTES / 2, "is no hole any more");
    assertEquals(node, Files.getAttribute(to.resolve("hole"), "unix:ino"), "copied as a whole");
  }

  @Test
  void anotherSizeIsPutBack() throws IOException {
    for (String name : List.of("longer", "shorter")) {
      Files.writeString(from.resolve(name), name);
    }
    copy.restore();
    Files.writeString(to.resolve("longer"), "more", StandardOpenOption.APPEND);
    Files.writeString(to.resolve("shorter"), "s");
    copy.restore();
    for (String name : List.of("longer", "shorter")) {
      assertEquals(name, Files.readString(to.resolve(name)));
    }
  }

  /** Changes in blocks far apart, and in the last, which is not whole. */
  @Test
  void everyBlockThatChangedIsPutBack() throws IOException {
    byte[] original = new byte[3 * BYTES + 5];
    new Random(1).nextBytes(original);
    synced(from.resolve("blocks"), 0, original);
    copy.restore();
    try (FileChannel file = FileChannel.open(to.resolve("blocks"), StandardOpenOption.WRITE)) {
      for (long offset : List.of(0L, 4095L, BYTES - 1L, 2L * BYTES, 3L * BYTES + 4)) {
        file.write(ByteBuffer.wrap(new byte[] {(byte) ~original[(int) offset]}), offset);
      }
    }
    copy.restore();
    assertArrayEquals(original, Files.readAllBytes(to.resolve("blocks")));
  }

  private static void synced(Path file, long offset, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content), offset);
      channel.force(true);
    }
  }

  @Test
  void whatWasWrittenToIsPutBack() throws IOException {
    List<String> names = List.of("written", "mapped", "removed", "replaced", "read");
    for (String name : names) {
      Files.writeString(from.resolve(name), name);
    }
    copy.restore();
    Object read = Files.getAttribute(to.resolve("read"), "unix:ctime");
    Files.writeString(to.resolve("written"), "x", StandardOpenOption.WRITE);
    writeThroughMapping(to.resolve("mapped"));
    Files.delete(to.resolve("removed"));
    Files.delete(to.resolve("replaced"));
    Files.writeString(to.resolve("replaced"), "another");
    Files.writeString(to.resolve("new"), "new");
    copy.restore();
    for (String name : names) {
      assertEquals(name, Files.readString(to.resolve(name)));
    }
    assertFalse(Files.exists(to.resolve("new")));
    assertTrue(
        Scratch.isInMemory(to) || read.equals(Files.getAttribute(to.resolve("read"), "unix:ctime")),
        "copied again");
  }

  @Test
  void whatWasRemovedGetsItsNameBackAlsoWhereItWasWrittenToBefore() throws IOException {
    Files.createDirectories(from.resolve("inner"));
    for (String name : List.of("removed", "inner/renamed", "overwritten")) {
      Files.writeString(from.resolve(name), name);
    }
    copy.restore();
    Object node = Files.getAttribute(to.resolve("removed"), "unix:ino");
    Files.delete(to.resolve("removed"));
    Files.move(to.resolve("inner/renamed"), to.resolve("inner/other"));
    Files.writeString(to.resolve("overwritten"), "x", StandardOpenOption.WRITE);
    Files.delete(to.resolve("overwritten"));
    copy.restore();
    for (String name : List.of("removed", "inner/renamed", "overwritten")) {
      assertEquals(name, Files.readString(to.resolve(name)));
    }
    assertFalse(Files.exists(to.resolve("inner/other")));
    assertEquals(node, Files.getAttribute(to.resolve("removed"), "unix:ino"), "copied again");
  }

  /** Into a page that was read before, as who opens a log does. */
  private static void writeThroughMapping(Path path) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer mapping = file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
      mapping.put(0, (byte) (mapping.get(0) + 1));
    }
  }

  @Test
  void whatCannotBeCopiedIsAnError() throws IOException {
    SparseCopy none = new SparseCopy(folder.resolve("none"), kept, to);
    assertThrows(IOException.class, none::restore);
  }
}
