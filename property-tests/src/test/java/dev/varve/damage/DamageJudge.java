package dev.varve.damage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.StorageException;
import dev.varve.kit.AppendedRecord;
import dev.varve.kit.disk.SimulatedDisk;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Cursor;
import dev.varve.segment.SegmentLog;
import dev.varve.support.FolderBytes;
import dev.varve.support.FolderCopy;
import dev.varve.support.TestLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Compares what a damaged log of the CRC kind does with what its bytes entitle to (P3): damage
 * below what is proven is {@code Corrupt} and changes nothing, all blocks that are as they were can
 * be read; above it the log is cut exactly back to the last whole batch, and says so.
 */
final class DamageJudge {
  private final SmallLog log;
  private final FolderCopy whole;
  private final Anatomy anatomy;
  private int judged;

  DamageJudge(SmallLog log, FolderCopy whole) throws IOException {
    this.log = log;
    this.whole = whole;
    this.anatomy = Anatomy.of(whole);
  }

  int judged() {
    return judged;
  }

  /** Opens the damaged folder for writing and reading. */
  void judge(FolderCopy damaged, String how) {
    judged++;
    SimulatedDisk disk = damaged.start();
    try {
      judge(damaged, disk);
    } catch (AssertionError wrong) {
      throw new AssertionError(how + ": " + wrong.getMessage(), wrong);
    } catch (RuntimeException | InternalError untyped) {
      throw new AssertionError(how + ": P10: " + untyped, untyped);
    } finally {
      disk.crash();
    }
  }

  private void judge(FolderCopy damaged, SimulatedDisk disk) {
    BitSet changed = changed(damaged);
    long position;
    try (SegmentLog open =
        SegmentLog.open(FolderCopy.FOLDER, SmallLog.options(CheckKind.CRC32C, disk))) {
      checkEnd(open, damaged, changed);
      checkContent(open, changed);
      position = open.append(new byte[5]);
      assertEquals(5, open.read(position).length);
    } catch (StorageException.Corrupt verdict) {
      checkVerdict(verdict, damaged, disk, changed);
      return;
    }
    try (SegmentLog again =
        SegmentLog.open(FolderCopy.FOLDER, SmallLog.options(CheckKind.CRC32C, disk))) {
      assertEquals(position, again.head(), "what was appended behind the damage");
      assertEquals(5, again.read(position).length);
    }
  }

  /** The addresses at which a damaged folder has another byte; what is missing counts as zero. */
  private BitSet changed(FolderCopy damaged) {
    byte[] before = bytes(whole);
    byte[] after = bytes(damaged);
    BitSet changed = new BitSet();
    for (int at = 0; at < Math.max(before.length, after.length); at++) {
      changed.set(at, byteAt(before, at) != byteAt(after, at));
    }
    return changed;
  }

  private static byte byteAt(byte[] bytes, int at) {
    return at < bytes.length ? bytes[at] : 0;
  }

  /** The bytes of a log from its first position on, without what stands behind a segment's end. */
  private static byte[] bytes(FolderCopy folder) {
    byte[] all = new byte[0];
    for (String name : folder.files().keySet()) {
      if (name.endsWith(".sf")) {
        int start = (int) FolderBytes.start(Path.of(name));
        byte[] segment = Arrays.copyOf(folder.file(name), TestLogs.TINY_SEGMENT);
        all = Arrays.copyOf(all, Math.max(all.length, start + segment.length));
        System.arraycopy(segment, 0, all, start, segment.length);
      }
    }
    return all;
  }

  private void checkEnd(SegmentLog open, FolderCopy damaged, BitSet changed) {
    int kept = anatomy.firstChanged(changed, anatomy.mark());
    long end = anatomy.unitStart(kept);
    assertEquals(end, open.end(), "the end");
    assertTrue(end >= anatomy.stillProven(changed), "what is proven durable was cut");
    boolean behind = anatomy.anythingBehind(end, bytes(damaged));
    boolean cut = open.recovery().cutBytes() > 0;
    boolean unseen = open.recovery().cleanEnd() && kept == anatomy.unitEnds().size();
    assertTrue(behind == cut || unseen, open.recovery()::toString);
  }

  private void checkVerdict(
      StorageException.Corrupt verdict, FolderCopy damaged, SimulatedDisk disk, BitSet changed) {
    int first = anatomy.firstChanged(changed, 0);
    assertTrue(
        anatomy.unitStart(first) < anatomy.proven(), () -> "a torn tail called damage: " + verdict);
    assertTrue(FolderCopy.of(disk).sameAs(damaged), () -> "bytes were changed before " + verdict);
    try (SegmentLog reading =
        SegmentLog.openReadOnly(FolderCopy.FOLDER, SmallLog.options(CheckKind.CRC32C, disk))) {
      checkContent(reading, changed);
    }
  }

  private void checkContent(SegmentLog open, BitSet changed) {
    int lost = 0;
    long end = open.end();
    List<AppendedRecord> expected =
        log.records().stream().filter(record -> record.position() < end).toList();
    for (AppendedRecord record : expected) {
      try {
        assertArrayEquals(record.payload(), open.read(record.position()), record::toString);
      } catch (StorageException.Corrupt damage) {
        assertTrue(isTouched(record, changed), () -> record + " is as it was, and " + damage);
        lost++;
      }
    }
    boolean noticed = !open.verify().whole();
    boolean stopped = !walk(open, expected);
    assertTrue(lost == 0 || (noticed && stopped), "silence about " + lost + " records");
    boolean padding = anatomy.isPadding(changed);
    assertFalse(padding && (noticed || stopped), () -> "nothing is damaged: " + open.verify());
  }

  /** Whether a block has changed that the record, or what leads to it, lies in. */
  private boolean isTouched(AppendedRecord record, BitSet changed) {
    int block = TestLogs.TINY_BLOCK;
    int from = (int) record.position() / block * block;
    int length = record.payload().length;
    int next = changed.nextSetBit(from);
    return next >= 0 && next < from + (length / (block - 32) + 2) * block;
  }

  /** Walks from the oldest record; false where damage ended the walk. */
  private static boolean walk(SegmentLog open, List<AppendedRecord> expected) {
    try (Cursor cursor = open.forward()) {
      for (AppendedRecord record : expected) {
        if (!cursor.next()) {
          throw new AssertionError("the walk ended before " + record);
        }
        assertEquals(record.position(), cursor.position(), "a record was passed over");
        assertArrayEquals(record.payload(), cursor.toByteArray(), record::toString);
      }
      assertFalse(cursor.next(), "a record was invented");
      return true;
    } catch (StorageException.Corrupt damage) {
      return false;
    }
  }
}
