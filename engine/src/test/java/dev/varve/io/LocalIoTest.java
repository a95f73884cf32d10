package dev.varve.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files, mappings and locks behave the same by libc and by channels. */
class LocalIoTest {
  @TempDir Path folder;

  static Stream<LocalIo> machines() {
    return Stream.of(LocalIo.best(), LocalIo.portable());
  }

  private Directory open(LocalIo io) {
    return io.directory(folder, MappingKind.FFM, false);
  }

  @ParameterizedTest
  @MethodSource("machines")
  void anInterruptDoesNotHideTheBoot(LocalIo io) {
    String known = io.bootId();
    Thread.currentThread().interrupt();
    String interrupted = io.bootId();
    assertTrue(Thread.interrupted());
    assertEquals(known, interrupted);
  }

  @ParameterizedTest
  @MethodSource("machines")
  void whatIsWrittenIsReadAndMapped(LocalIo io) {
    try (Directory directory = open(io);
        StoredFile file = directory.create("a");
        Arena arena = Arena.ofConfined()) {
      file.allocate(8192);
      assertEquals(8192, file.size());
      file.writeFully(4090, arena.allocateFrom(ValueLayout.JAVA_LONG, 42));
      file.sync();
      MemorySegment back = arena.allocate(16);
      assertEquals(8, file.read(8184, back));
      assertEquals(0, file.read(8192, back));
      assertEquals(16, file.read(4090, back));
      assertEquals(42, back.get(ValueLayout.JAVA_LONG, 0));
      try (Mapping mapping = file.map(8192, true)) {
        assertEquals(42, mapping.memory().get(ValueLayout.JAVA_LONG_UNALIGNED, 4090));
        mapping.memory().set(ValueLayout.JAVA_BYTE, 5000, (byte) 9);
        mapping.force(5000, 1);
      }
      assertEquals(1, file.read(5000, back.asSlice(0, 1)));
      assertEquals(9, back.get(ValueLayout.JAVA_BYTE, 0));
      file.sync();
      file.forgetCached();
      assertEquals(1, file.read(5000, back.asSlice(0, 1)));
      assertEquals(9, back.get(ValueLayout.JAVA_BYTE, 0));
      file.zeroFill(4000, 2000);
      assertEquals(16, file.read(4090, back));
      assertEquals(0, back.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aMappingThatWasClosedIsAnExceptionAndNoCrash(LocalIo io) {
    try (Directory directory = open(io);
        StoredFile file = directory.create("a")) {
      file.allocate(4096);
      Mapping mapping = file.map(4096, false);
      MemorySegment memory = mapping.memory();
      mapping.close();
      assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void namesAreCreatedMovedAndRemoved(LocalIo io) {
    try (Directory directory = open(io)) {
      assertNull(directory.open("a", true));
      directory.create("a").close();
      assertThrows(StorageException.Unavailable.class, () -> directory.create("a").close());
      directory.rename("a", "b");
      assertEquals(List.of("b"), directory.list());
      directory.sync();
      directory.unlink("b");
      directory.unlink("b");
      assertEquals(List.of(), directory.list());
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void anInterruptHurtsNoCall(LocalIo io) {
    Thread.currentThread().interrupt();
    try {
      whatIsWrittenIsReadAndMapped(io);
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void oneHolderExcludesAndManyShare(LocalIo io) {
    try (Directory directory = open(io);
        Directory other = open(io)) {
      Directory.Lock writer = directory.tryLock("lock", false);
      assertNotNull(writer);
      writer.announce();
      assertNull(other.tryLock("lock", false));
      assertNull(other.tryLock("lock", true));
      assertEquals(Long.toString(ProcessHandle.current().pid()), other.lockHolder("lock"));
      writer.close();
      writer.close();
      Directory.Lock reader = directory.tryLock("lock", true);
      Directory.Lock second = other.tryLock("lock", true);
      assertNotNull(reader);
      assertNotNull(second);
      reader.close();
      assertNull(other.tryLock("lock", false));
      second.close();
      Directory.Lock again = other.tryLock("lock", false);
      assertNotNull(again);
      again.close();
    }
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aMissingFolderIsNamed(LocalIo io) {
    Path missing = folder.resolve("missing");
    StorageException.Unavailable refused =
        assertThrows(
            StorageException.Unavailable.class,
            () -> io.directory(missing, MappingKind.FFM, false).close());
    assertTrue(String.valueOf(refused.getMessage()).contains(missing.toString()));
    assertFalse(Files.exists(missing));
    io.directory(missing, MappingKind.FFM, true).close();
    assertTrue(Files.isDirectory(missing));
  }
}
