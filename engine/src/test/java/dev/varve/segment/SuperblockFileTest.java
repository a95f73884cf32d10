package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.io.Directory;
import dev.varve.io.MappingKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INV-15: one copy of the superblock is durable and whole at any moment. */
class SuperblockFileTest {
  @TempDir Path folder;

  private final List<String> changes = new ArrayList<>();
  private final HookedIo io = new HookedIo((operation, name) -> changes.add(operation));

  private static Superblock next(Superblock known) {
    return known.withMark(known.mark() + 1);
  }

  @Test
  void firstUpdateOfASessionMakesTheCopyThatCountsDurableBeforeItTouchesTheOther() {
    try (Directory directory = io.directory(folder, MappingKind.FFM, true)) {
      Geometry geometry = LogOptions.defaults().newGeometry();
      SuperblockFile.create(directory, Superblock.fresh(geometry, 0)).close();
      try (SuperblockFile left = SuperblockFile.open(directory, true)) {
        changes.clear();
        Superblock first = left.update(SuperblockFileTest::next);
        assertEquals(List.of("write", "sync", "write", "sync"), changes);
        Superblock second = left.update(SuperblockFileTest::next);
        assertEquals(List.of("write", "sync", "write", "sync", "write", "sync"), changes);
        assertEquals(first.sequence() + 1, second.sequence());
      }
      try (SuperblockFile again = SuperblockFile.open(directory, false)) {
        assertEquals(2, again.current().mark());
      }
    }
  }

  @Test
  void whatOneCopySaysIsNotDurableBeforeTheOtherSaysItOrASyncHasReturned() {
    try (Directory directory = io.directory(folder, MappingKind.FFM, true)) {
      Geometry geometry = LogOptions.defaults().newGeometry();
      try (SuperblockFile made = SuperblockFile.create(directory, Superblock.fresh(geometry, 0))) {
        assertFalse(made.durably(known -> known.mark() == 0), "the other copy is empty still");
        assertEquals(5, made.update(known -> known.withMark(5)).mark());
        assertTrue(made.durably(known -> known.mark() == 5));
      }
      try (SuperblockFile left = SuperblockFile.open(directory, true)) {
        assertTrue(left.durably(known -> known.mark() < 6));
        assertFalse(left.durably(known -> known.mark() == 5), "a loss of power may leave 0");
        assertFalse(left.durably(known -> known.mark() == 0));
        assertEquals(9, left.update(known -> known.withMark(9)).mark());
      }
      try (SuperblockFile left = SuperblockFile.open(directory, true)) {
        assertTrue(left.durably(known -> known.mark() >= 5));
      }
    }
  }
}
