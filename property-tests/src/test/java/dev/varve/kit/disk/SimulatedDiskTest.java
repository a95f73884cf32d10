package dev.varve.kit.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.io.Directory;
import dev.varve.io.Mapping;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The disk loses what it may lose, keeps what it must keep, and does both when told. */
class SimulatedDiskTest {
  private static final int SECTOR = 8;
  private static final DiskOptions SMALL = DiskOptions.defaults().withSectorBytes(SECTOR);
  private static final List<Integer> NOTHING = List.of();

  private final SimulatedDisk disk = new SimulatedDisk(SMALL, Schedule.callerFirst());
  private final Directory folder = folder(disk);

  private static Directory folder(SimulatedDisk disk) {
    return disk.directory(Path.of("folder"), MappingKind.FFM, true);
  }

  private static void write(StoredFile file, long offset, String text) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(text);
      file.writeFully(offset, bytes.asSlice(0, text.length()));
    }
  }

  /** The names, each with what its file holds; a dot for each zero. */
  private static String content(SimulatedDisk disk) {
    StringBuilder content = new StringBuilder();
    Directory folder = folder(disk);
    for (String name : folder.list()) {
      StoredFile file = Objects.requireNonNull(folder.open(name, false));
      content.append(name).append('=').append(text(file)).append(' ');
    }
    return content.toString().strip();
  }

  private static String text(StoredFile file) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, file.size()));
      int length = file.read(0, bytes);
      byte[] read = bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      return new String(read, StandardCharsets.US_ASCII).replace('\0', '.');
    }
  }

  /** Everything that a loss of power may leave, whole sectors only. */
  private static Set<String> outcomes(CrashPoint point) {
    Set<String> outcomes = new TreeSet<>();
    List<Integer> next = NOTHING;
    do {
      Choices choices = Choices.of(next);
      DiskImage image = point.powerLoss(choices);
      outcomes.add(content(image.start(Schedule.callerFirst())));
      next = choices.next();
    } while (!next.isEmpty());
    return outcomes;
  }

  private StoredFile durableFile(String name, String content) {
    StoredFile file = folder.create(name);
    write(file, 0, content);
    file.sync();
    folder.sync();
    return file;
  }

  @Test
  void whatWasSyncedIsThereWhateverIsLost() {
    StoredFile file = durableFile("a", "durable!");
    file.close();
    assertEquals(Set.of("a=durable!"), outcomes(disk.crashPoint()));
  }

  @Test
  void unsyncedBytesMayVanishOrReachTheDiskSectorBySector() {
    StoredFile file = durableFile("a", "--------++++++++");
    write(file, 0, "AAAAAAAABBBBBBBB");
    assertEquals(
        Set.of(
            "a=--------++++++++", "a=AAAAAAAA++++++++", "a=--------BBBBBBBB", "a=AAAAAAAABBBBBBBB"),
        outcomes(disk.crashPoint()));
  }

  @Test
  void everyContentSinceTheSyncMayComeBack() {
    StoredFile file = durableFile("a", "1-------");
    write(file, 0, "2");
    write(file, 0, "3");
    write(file, 0, "1");
    assertEquals(Set.of("a=1-------", "a=2-------", "a=3-------"), outcomes(disk.crashPoint()));
  }

  @Test
  void sizeMayVanishWithoutASync() {
    StoredFile file = durableFile("a", "12345678");
    file.allocate(16);
    assertEquals(Set.of("a=12345678", "a=12345678........"), outcomes(disk.crashPoint()));
    file.sync();
    assertEquals(Set.of("a=12345678........"), outcomes(disk.crashPoint()));
  }

  @Test
  void namesVanishWithoutASyncOfTheFolderEvenWhereTheFileWasSynced() {
    StoredFile file = folder.create("a");
    write(file, 0, "12345678");
    file.sync();
    assertEquals(Set.of("", "a=12345678"), outcomes(disk.crashPoint()));
    folder.sync();
    assertEquals(Set.of("a=12345678"), outcomes(disk.crashPoint()));
  }

  @Test
  void renameIsThereOrNotAndRemovalsComeInAnyOrder() {
    durableFile("a", "aaaaaaaa").close();
    durableFile("b", "bbbbbbbb").close();
    folder.rename("a", "c");
    folder.unlink("b");
    assertEquals(
        Set.of("a=aaaaaaaa b=bbbbbbbb", "b=bbbbbbbb c=aaaaaaaa", "a=aaaaaaaa", "c=aaaaaaaa"),
        outcomes(disk.crashPoint()));
  }

  @Test
  void fileThatWasRenamedTwiceIsNeverAtTwoNames() {
    durableFile("a", "aaaaaaaa").close();
    folder.rename("a", "b");
    folder.rename("b", "c");
    assertEquals(Set.of("a=aaaaaaaa", "b=aaaaaaaa", "c=aaaaaaaa"), outcomes(disk.crashPoint()));
  }

  @Test
  void syncThatFailedLosesItsPagesAndSucceedsTheNextTime() {
    StoredFile file = durableFile("a", "--------");
    write(file, 0, "AAAAAAAA");
    disk.failSync(0);
    assertThrows(StorageException.Unavailable.class, file::sync);
    file.sync();
    assertEquals("a=AAAAAAAA", content(disk), "it stays readable");
    assertEquals(Set.of("a=--------", "a=AAAAAAAA"), outcomes(disk.crashPoint()));
    write(file, 0, "AAAAAAAA");
    file.sync();
    assertEquals(Set.of("a=AAAAAAAA"), outcomes(disk.crashPoint()), "written again, it is synced");
  }

  @Test
  void killKeepsThePageCacheAndTheBootAndLossOfPowerNeither() {
    StoredFile file = durableFile("a", "--------");
    write(file, 0, "AAAAAAAA");
    SimulatedDisk killed = disk.crashPoint().kill(Schedule.callerFirst());
    assertEquals("a=AAAAAAAA", content(killed));
    assertEquals(disk.bootId(), killed.bootId());
    assertEquals(Set.of("a=--------", "a=AAAAAAAA"), outcomes(killed.crashPoint()));
    SimulatedDisk restarted =
        disk.crashPoint().powerLoss(Choices.of(NOTHING)).start(Schedule.callerFirst());
    assertNotEquals(disk.bootId(), restarted.bootId());
  }

  @Test
  void tornSectorHoldsBytesOfBothContentsAndNoOthers() {
    StoredFile file = durableFile("a", "--------");
    write(file, 0, "AAAAAAAA");
    Set<String> torn = new TreeSet<>();
    for (int i = 0; i < 16; i++) {
      int way = i;
      Choices choices = new Choices(NOTHING, count -> 0, count -> way);
      DiskImage image = disk.crashPoint().powerLoss(choices);
      assertTrue(image.lossy());
      String content = content(image.start(Schedule.callerFirst()));
      assertTrue(content.matches("a=[-A]{8}"), content);
      torn.add(content);
      assertEquals(image.hash(), disk.crashPoint().powerLoss(Choices.of(choices.made())).hash());
    }
    assertTrue(torn.size() > 4, torn::toString);
  }

  @Test
  void mappingAndPositionalCallsShareTheirBytes() {
    StoredFile file = durableFile("a", "--------++++++++");
    Mapping mapping = file.map(16, true);
    mapping.memory().set(ValueLayout.JAVA_BYTE, 0, (byte) 'M');
    mapping.memory().set(ValueLayout.JAVA_BYTE, 8, (byte) 'N');
    assertEquals("a=M-------N+++++++", content(disk));
    mapping.force(0, SECTOR);
    assertEquals(
        Set.of("a=M-------++++++++", "a=M-------N+++++++"),
        outcomes(disk.crashPoint()),
        "only the range is synced");
    write(file, 1, "W");
    assertEquals((byte) 'W', mapping.memory().get(ValueLayout.JAVA_BYTE, 1));
  }

  @Test
  void deadProcessGetsNothingDone() {
    StoredFile file = durableFile("a", "--------");
    disk.crashAt(disk.calls() + 1);
    write(file, 0, "AAAAAAAA");
    assertFalse(disk.crashed());
    assertThrows(PowerLost.class, () -> write(file, 0, "BBBBBBBB"));
    assertTrue(disk.crashed());
    assertThrows(PowerLost.class, file::size);
    assertThrows(PowerLost.class, folder::sync);
    assertEquals(Set.of("a=--------", "a=AAAAAAAA"), outcomes(disk.crashPoint()));
  }

  @Test
  void fullDiskRefusesBlocksAndGivesThemBack() {
    disk.quota(24);
    StoredFile file = folder.create("a");
    file.allocate(16);
    StoredFile other = folder.create("b");
    assertThrows(StorageException.Full.class, () -> other.allocate(16));
    file.close();
    folder.unlink("a");
    other.allocate(16);
    assertEquals(16, disk.usedBytes());
  }

  @Test
  void shortWriteStopsAtASector() {
    SimulatedDisk hasty = new SimulatedDisk(SMALL.withShortWrites(), Schedule.callerFirst());
    StoredFile file = folder(hasty).create("a");
    int before = hasty.calls();
    write(file, 4, "AAAAAAAAAAAA");
    assertEquals("a=....AAAAAAAAAAAA", content(hasty));
    assertEquals(2, hasty.calls() - before);
  }

  @Test
  void locksEndWithTheProcess() {
    assertTrue(folder.tryLock("lock", false) != null);
    assertNull(folder.tryLock("lock", true));
    assertTrue(
        folder(disk.crashPoint().kill(Schedule.callerFirst())).tryLock("lock", false) != null);
  }

  @Test
  void oneSeedIsOneOrderOfThreads() throws InterruptedException {
    Set<String> orders = new TreeSet<>();
    for (long seed = 0; seed < 5; seed++) {
      String first = order(seed);
      assertEquals(first, order(seed));
      orders.add(first);
    }
    assertTrue(orders.size() > 1, orders::toString);
  }

  private static String order(long seed) throws InterruptedException {
    return Simulation.call(
        () -> {
          SimulatedDisk threaded = new SimulatedDisk(SMALL, Schedule.random(seed));
          StoredFile file = folder(threaded).create("a");
          StringBuilder order = new StringBuilder();
          List<Thread> threads =
              List.of("x", "y", "z").stream()
                  .map(name -> threaded.threads().newThread(() -> writes(file, name, order)))
                  .toList();
          threads.forEach(Thread::start);
          for (Thread thread : threads) {
            thread.join();
          }
          return order.toString();
        });
  }

  private static void writes(StoredFile file, String name, StringBuilder order) {
    for (int i = 0; i < 4; i++) {
      write(file, i, name);
      order.append(name);
    }
  }
}
