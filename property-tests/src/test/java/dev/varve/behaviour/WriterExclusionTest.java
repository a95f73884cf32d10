package dev.varve.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.SegmentLog;
import dev.varve.support.ChildJvm;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At most one writer per log on one host (P11); the second is told who the first is. */
public final class WriterExclusionTest {
  private final ScratchFolder scratch = ScratchFolder.quick();
  private final Path folder = scratch.folder("log");

  @AfterEach
  void removeFolder() {
    scratch.close();
  }

  private static String refusal(Path folder) {
    StorageException.Unavailable error =
        assertThrows(StorageException.Unavailable.class, () -> SegmentLog.open(folder).close());
    return String.valueOf(error.getMessage());
  }

  @Test
  void aSecondWriterInTheSameProcessIsRefused() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      AppendedRecord record = TestLogs.append(log, 1, 0, 20);
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertTrue(refusal(folder).contains(pid), () -> refusal(folder));
      TestLogs.assertHolds(List.of(record), log);
    }
    SegmentLog.open(folder).close();
  }

  @Test
  void aSecondWriterOfAnotherClassLoaderIsRefused() throws Exception {
    URL engine = SegmentLog.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader other =
        new URLClassLoader(new URL[] {engine}, ClassLoader.getPlatformClassLoader())) {
      Class<?> copy = other.loadClass(SegmentLog.class.getName());
      assertNotSame(SegmentLog.class, copy);
      Method open = copy.getMethod("open", Path.class);
      try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
        Throwable refused =
            assertThrows(InvocationTargetException.class, () -> open.invoke(null, folder))
                .getCause();
        String answer = String.valueOf(refused);
        assertTrue(answer.startsWith(StorageException.Unavailable.class.getName()), answer);
        try (ChildJvm child = ChildJvm.start(Opener.class, folder.toString())) {
          assertTrue(child.line().startsWith("refused"), "the lock of the first was lost");
        }
        TestLogs.append(log, 1, 0, 20);
      }
      ((AutoCloseable) open.invoke(null, folder)).close();
    }
  }

  @Test
  void anotherNameForTheFolderIsTheSameLog() throws IOException {
    Path alias = Files.createSymbolicLink(scratch.path().resolve("alias"), folder);
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      refusal(alias);
      refusal(folder.resolve("..").resolve("log"));
      TestLogs.append(log, 1, 0, 20);
    }
  }

  @Test
  void aSecondWriterInAnotherProcessIsRefused() {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny());
        ChildJvm child = ChildJvm.start(Opener.class, folder.toString())) {
      String answer = child.line();
      assertTrue(answer.startsWith("refused"), answer);
      assertTrue(answer.contains(String.valueOf(ProcessHandle.current().pid())), answer);
      TestLogs.append(log, 1, 0, 20);
    }
  }

  @Test
  void ofProcessesThatRaceForALogOneWins() {
    for (int round = 0; round < 3; round++) {
      try (ChildJvm first = ChildJvm.start(Opener.class, folder.toString());
          ChildJvm second = ChildJvm.start(Opener.class, folder.toString());
          ChildJvm third = ChildJvm.start(Opener.class, folder.toString())) {
        List<String> answers = List.of(first.line(), second.line(), third.line());
        assertEquals(1, answers.stream().filter("opened"::equals).count(), answers::toString);
      }
    }
  }

  @Test
  void theLockEndsWithItsProcess() {
    try (ChildJvm child = ChildJvm.start(Opener.class, folder.toString())) {
      assertEquals("opened", child.line());
      assertTrue(refusal(folder).contains(String.valueOf(child.pid())), () -> refusal(folder));
    }
    try (SegmentLog log = SegmentLog.open(folder)) {
      TestLogs.assertHolds(List.of(), log);
    }
  }

  /** Closing any channel on the lock file drops the lock of the operating system: not ours. */
  @Test
  void aStrangerThatTouchesTheLockFileDoesNotLetASecondWriterInHere() throws IOException {
    try (SegmentLog log = SegmentLog.open(folder, TestLogs.tiny())) {
      FileChannel.open(folder.resolve("writer.lock"), StandardOpenOption.READ).close();
      refusal(folder);
      TestLogs.append(log, 1, 0, 20);
    }
  }

  @Test
  void aFailedOpenLeavesNoLockBehind() throws IOException {
    Files.writeString(folder.resolve("superblock"), "not a superblock");
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThrows(StorageException.UnsupportedFormat.class, () -> SegmentLog.open(folder).close());
    }
    Files.delete(folder.resolve("superblock"));
    SegmentLog.open(folder, TestLogs.tiny()).close();
  }

  @Test
  void readersInTheSameProcessFollowAWriterThatRolls() {
    try (SegmentLog writer = SegmentLog.open(folder, TestLogs.tiny());
        SegmentLog reader = SegmentLog.openReadOnly(folder)) {
      List<AppendedRecord> records = TestLogs.fill(writer, 2, 60, 200);
      TestLogs.assertHolds(records, reader);
      records.addAll(TestLogs.fill(writer, 3, 60, 2000));
      TestLogs.assertHolds(records, reader);
    }
  }

  /** The child of the tests: opens the log for writing, says how that went, and waits. */
  public static final class Opener {
    private Opener() {}

    /** Argument: the folder. */
    public static void main(String[] arguments) throws IOException {
      try (SegmentLog log = SegmentLog.open(Path.of(arguments[0]), TestLogs.tiny())) {
        System.out.println("opened");
        System.in.read();
        System.out.println(log.end());
      } catch (StorageException.Unavailable e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
