package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.LogOptions;
import dev.varve.segment.SalvageReport;
import dev.varve.segment.SegmentLog;
import dev.varve.segment.VerifyReport;
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Wherever a log is damaged, a salvage holds whole batches only, in their order (P2), and as many
 * records as {@code verify()} counts; a log without damage is copied whole. One stretch is damaged
 * at a time: a frame that is hit twice, in its flags and elsewhere, cannot say where its batch
 * ends.
 */
final class SalvageProperties {
  /** A stretch of a segment that is overwritten. */
  record Wound(int segment, int place, int length, boolean zeros) {}

  @Property(seed = "20260104", tries = 200)
  void salvageHoldsWholeBatchesInOrder(
      @ForAll("batchSizes") List<Integer> batchSizes, @ForAll("wounds") List<Wound> wounds)
      throws IOException {
    try (ScratchFolder scratch = ScratchFolder.quick()) {
      Path folder = scratch.folder("log");
      int records = write(folder, batchSizes);
      for (Wound wound : wounds) {
        inflict(folder, wound);
      }
      FolderBytes before = FolderBytes.of(folder);
      Path target = scratch.path().resolve("salvaged");
      try (SegmentLog log = SegmentLog.openReadOnly(folder)) {
        VerifyReport verified = log.verify();
        SalvageReport report = log.salvage(target);
        assertEquals(verified.records(), report.records());
        assertEquals(verified.damages(), report.damages());
        assertTrue(report.records() <= records);
        assertTrue(!wounds.isEmpty() || report.records() == records);
      }
      before.assertUnchanged(folder);
      try (SegmentLog salvaged = SegmentLog.open(target)) {
        assertWholeBatches(batchSizes, TestLogs.content(salvaged));
      }
    }
  }

  private static int write(Path folder, List<Integer> batchSizes) {
    int records = 0;
    LogOptions options = TestLogs.tinyUnsynced();
    try (SegmentLog log = SegmentLog.open(folder, options)) {
      for (int number = 0; number < batchSizes.size(); number++) {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < batchSizes.get(number); i++) {
          batch.add(payload(number, i));
        }
        TestLogs.appendBatch(log, batch);
        records += batch.size();
      }
    }
    return records;
  }

  /** Says which record it is; some are longer than a block. */
  private static byte[] payload(int batch, int index) {
    int key = batch * 100 + index;
    int longest = Payloads.number(5, key, 7) == 0 ? 700 : 70;
    byte[] payload = Payloads.bytes(5, key, 8 + Payloads.number(6, key, longest));
    ByteBuffer.wrap(payload).putInt(batch).putInt(index);
    return payload;
  }

  private static void inflict(Path folder, Wound wound) throws IOException {
    List<Path> segments = FolderBytes.segments(folder);
    Path segment = segments.get(wound.segment() * (segments.size() - 1) / 1000);
    byte[] bytes = Files.readAllBytes(segment);
    int from = wound.place() * (bytes.length - 1) / 1000;
    for (int at = from; at < Math.min(bytes.length, from + wound.length()); at++) {
      bytes[at] = wound.zeros() ? 0 : (byte) (bytes[at] ^ 0x04);
    }
    Files.write(segment, bytes);
  }

  private static void assertWholeBatches(List<Integer> batchSizes, List<AppendedRecord> records) {
    int last = -1;
    for (int at = 0; at < records.size(); ) {
      int batch = ByteBuffer.wrap(records.get(at).payload()).getInt();
      assertTrue(batch > last, "batches keep their order");
      for (int i = 0; i < batchSizes.get(batch); i++, at++) {
        assertTrue(at < records.size(), "batch " + batch + " is there in part");
        ByteBuffer found = ByteBuffer.wrap(records.get(at).payload());
        assertEquals(ByteBuffer.wrap(payload(batch, i)), found, "batch " + batch);
      }
      last = batch;
    }
  }

  @Provide
  Arbitrary<List<Integer>> batchSizes() {
    return Arbitraries.of(1, 1, 1, 2, 3, 8).list().ofMinSize(1).ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<Wound>> wounds() {
    Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 1000);
    return Combinators.combine(
            thousandths,
            thousandths,
            Arbitraries.of(1, 1, 1, 4, 30, 256, 512),
            Arbitraries.of(true, false))
        .as(Wound::new)
        .list()
        .ofMaxSize(1);
  }
}
