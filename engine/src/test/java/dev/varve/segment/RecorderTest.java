package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever records gets every event; whoever does not pays for none. */
class RecorderTest {
  private static final LogOptions SMALL =
      LogOptions.defaults().withBlockSize(256).withSegmentSize(512);

  @TempDir Path folder;

  /** Opens a log, rolls, syncs and leaves. */
  private static void use(Path log) {
    try (SegmentLog opened = SegmentLog.open(log, SMALL)) {
      for (int i = 0; i < 10; i++) {
        assertTrue(opened.append(new byte[100]) >= 0);
      }
    }
  }

  @Test
  void aRecordingHasOpeningsRollsAndSyncs() throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.varve.Sync").withoutThreshold();
      recording.enable("dev.varve.Roll").withoutThreshold();
      recording.enable("dev.varve.Recovery").withoutThreshold();
      recording.start();
      use(folder.resolve("log"));
      use(folder.resolve("log"));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> openings = named(events, "dev.varve.Recovery");
    assertEquals(2, openings.size());
    assertFalse(openings.getFirst().getBoolean("cleanEnd"));
    assertTrue(openings.getLast().getBoolean("cleanEnd"));
    assertEquals(folder.resolve("log").toString(), openings.getLast().getString("folder"));
    assertEquals(
        SegmentNames.segment(512), named(events, "dev.varve.Roll").getFirst().getString("segment"));
    assertTrue(named(events, "dev.varve.Sync").size() >= 20);
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void withoutARecordingNoEventClassIsLoaded() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RecorderTest.class.getName(),
                folder.resolve("log").toString())
            .redirectErrorStream(true)
            .start();
    String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), loaded);
    assertTrue(Files.exists(folder.resolve("log").resolve(SegmentNames.SUPERBLOCK)));
    assertTrue(loaded.contains(Recorder.class.getName()));
    assertFalse(loaded.contains(RecoveryEvent.class.getName()));
    assertFalse(loaded.contains(RollEvent.class.getName()));
    assertFalse(loaded.contains(SyncEvent.class.getName()));
    assertFalse(loaded.contains("jdk.jfr.internal.PlatformRecorder"));
  }

  /** The process: uses the log in the named folder. */
  public static void main(String[] arguments) {
    use(Path.of(arguments[0]));
  }
}
