package dev.varve.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.Payloads;
import dev.varve.kit.ScratchFolder;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.LogOptions;
import dev.varve.segment.NoSuchRecordException;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FixedIo;
import dev.varve.support.FolderBytes;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes in a log's folder give a value or a typed error (P10); no record is delivered that was
 * not appended, with the CRC kind none is skipped in silence (P1), and a verdict that the folder is
 * damaged or foreign leaves every byte as it was (P3).
 */
final class HostileBytesProperties {
  private static final String SEED = "20260102";
  private static final int TRIES = 300;

  private static @Nullable ScratchFolder templates;

  /** Logs that were closed and that were not, with what was appended to them. */
  private static final List<Template> TEMPLATES = new ArrayList<>();

  /** A folder to be copied and damaged. */
  private record Template(CheckKind check, Path folder, NavigableMap<Long, byte[]> issued) {}

  @BeforeContainer
  static void writeTemplates() {
    ScratchFolder scratch = ScratchFolder.quick();
    templates = scratch;
    for (CheckKind check : CheckKind.values()) {
      Path closed = scratch.folder("closed-" + check);
      Path open = scratch.path().resolve("open-" + check);
      NavigableMap<Long, byte[]> issued = new TreeMap<>();
      try (SegmentLog log = SegmentLog.open(closed, options(check, "a"))) {
        issue(log, issued);
        ScratchFolder.copy(closed, open, "superblock");
      }
      TEMPLATES.add(new Template(check, closed, issued));
      TEMPLATES.add(new Template(check, open, issued));
    }
  }

  @AfterContainer
  static void removeTemplates() {
    TEMPLATES.clear();
    if (templates != null) {
      templates.close();
    }
  }

  private static LogOptions options(CheckKind check, String boot) {
    return TestLogs.tiny().withCheck(check).withIo(FixedIo.of(boot, "hostile"));
  }

  private static void issue(SegmentLog log, NavigableMap<Long, byte[]> issued) {
    boolean whole = log.options().check() == CheckKind.MD5;
    List<AppendedRecord> records = new ArrayList<>(TestLogs.fill(log, 1, 20, 80));
    if (!whole) {
      records.add(TestLogs.append(log, 2, 0, 900));
      records.addAll(
          TestLogs.appendBatch(
              log, List.of(Payloads.bytes(3, 0, 10), Payloads.bytes(3, 1, 300), new byte[0])));
    }
    log.sync();
    records.addAll(TestLogs.fill(log, 4, 12, 120));
    records.forEach(record -> issued.put(record.position(), record.payload()));
  }

  @Property(seed = SEED, tries = TRIES)
  void anyBytesGiveAValueOrATypedError(
      @ForAll("templateNumbers") int template, @ForAll("damages") List<Damaged> damages)
      throws IOException {
    Template original = TEMPLATES.get(template);
    for (boolean writable : new boolean[] {false, true}) {
      for (String boot : new String[] {"a", "b"}) {
        try (ScratchFolder scratch = ScratchFolder.quick()) {
          Path folder = scratch.path().resolve("damaged");
          ScratchFolder.copy(original.folder(), folder);
          for (Damaged damage : damages) {
            damage.apply(folder);
          }
          assertSurvives(original, folder, options(original.check(), boot), writable);
        }
      }
    }
  }

  private static void assertSurvives(
      Template original, Path folder, LogOptions options, boolean writable) {
    FolderBytes before = FolderBytes.of(folder);
    try (SegmentLog log =
        writable ? SegmentLog.open(folder, options) : SegmentLog.openReadOnly(folder, options)) {
      assertDeliversOnlyWhatWasIssued(original, log);
      if (writable && canAppend(log)) {
        assertGoesOn(log);
      }
    } catch (StorageException.Corrupt | StorageException.UnsupportedFormat verdict) {
      assertNotNull(verdict.getMessage());
      before.assertUnchanged(folder);
    } catch (StorageException.Unavailable verdict) {
      assertNotNull(verdict.getMessage());
    }
    if (!writable) {
      before.assertUnchanged(folder);
    }
  }

  private static void assertDeliversOnlyWhatWasIssued(Template original, SegmentLog log) {
    List<Long> forward = deliver(original, log::forward);
    List<Long> backward = deliver(original, log::backward);
    if (original.check() == CheckKind.CRC32C) {
      assertContiguous(original, forward);
      if (!forward.isEmpty()) {
        assertEquals(original.issued().ceilingKey(log.tail()), forward.getFirst(), "the first");
      }
      assertContiguous(original, backward.reversed());
    }
    for (long position : original.issued().keySet()) {
      try {
        assertArrayEquals(original.issued().get(position), log.read(position));
      } catch (StorageException | NoSuchRecordException damaged) {
        assertNotNull(damaged.getMessage());
      }
    }
    assertTrue(log.verify().records() <= original.issued().size());
    assertTrue(log.tail() <= log.end());
  }

  private static List<Long> deliver(Template original, Supplier<Cursor> start) {
    List<Long> positions = new ArrayList<>();
    try (Cursor cursor = start.get()) {
      while (cursor.next()) {
        byte[] issued = original.issued().get(cursor.position());
        assertNotNull(issued, () -> "a record was invented at " + cursor.position());
        assertArrayEquals(issued, cursor.toByteArray());
        positions.add(cursor.position());
      }
    } catch (StorageException.Corrupt damage) {
      assertNotNull(damage.getMessage());
    }
    return positions;
  }

  private static void assertContiguous(Template original, List<Long> delivered) {
    if (!delivered.isEmpty()) {
      List<Long> issued =
          new ArrayList<>(
              original
                  .issued()
                  .subMap(delivered.getFirst(), true, delivered.getLast(), true)
                  .keySet());
      assertEquals(issued, delivered, "records were skipped in silence");
    }
  }

  private static boolean canAppend(SegmentLog log) {
    return !log.readOnly();
  }

  /** What was recovered is a log again: it takes a record and gives it back. */
  private static void assertGoesOn(SegmentLog log) {
    AppendedRecord later = TestLogs.append(log, 9, 9, 33);
    assertArrayEquals(later.payload(), log.read(later.position()));
  }

  @Provide
  Arbitrary<Integer> templateNumbers() {
    return Arbitraries.integers().between(0, 2 * CheckKind.values().length - 1);
  }

  @Provide
  Arbitrary<List<Damaged>> damages() {
    Arbitrary<Integer> thousandths = Arbitraries.integers().between(0, 1000);
    Arbitrary<Long> noise = Arbitraries.longs().between(0, 3);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 700);
    Arbitrary<Damaged> damage =
        Arbitraries.oneOf(
            Combinators.combine(thousandths, thousandths, Arbitraries.integers().between(0, 7))
                .as(Damaged.FlippedBit::new),
            Combinators.combine(thousandths, thousandths).as(Damaged.Truncated::new),
            Combinators.combine(thousandths, lengths, noise).as(Damaged.Extended::new),
            Combinators.combine(thousandths, thousandths, lengths, noise)
                .as(Damaged.Overwritten::new),
            Combinators.combine(thousandths, thousandths).as(Damaged.Swapped::new),
            Combinators.combine(thousandths, thousandths, thousandths, thousandths)
                .as(Damaged.Misplaced::new),
            thousandths.map(Damaged.Missing::new),
            Combinators.combine(Arbitraries.integers().between(0, 8), lengths)
                .as(Damaged.Foreign::new),
            Combinators.combine(
                    Arbitraries.integers().between(0, 9),
                    Arbitraries.integers().between(0, 12),
                    Arbitraries.of(true, false))
                .as(Damaged.ForgedSuperblock::new));
    return damage.list().ofMinSize(1).ofMaxSize(3);
  }
}
