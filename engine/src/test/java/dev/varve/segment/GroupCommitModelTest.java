package dev.varve.segment;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.io.Directory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Appending threads and readers in the orders that a model checker comes to: an append is
 * acknowledged after a sync that covers it ({@code INV-3}), and what lies below the published end
 * is whole ({@code INV-2}).
 *
 * <p>Laying down a frame counts as one step: it is done under a monitor, before the end moves.
 */
class GroupCommitModelTest {
  private static final int BLOCK = 512;
  private static final int SEGMENT = 8 * BLOCK;
  private static final int PAYLOAD_BYTES = 6;
  private static final byte FILLER = 7;

  @ParameterizedTest
  @ValueSource(classes = {OnMappedPath.class, OnPositionalPath.class})
  void appendsAreDurableAndReadersSeeWholeRecords(Class<?> threads) {
    check(threads);
  }

  /** The control: an append that returns without waiting is found. */
  @Test
  void anAcknowledgementBeforeTheSyncIsFound() {
    assertThrows(LincheckAssertionError.class, () -> check(WithoutWaiting.class));
  }

  private static void check(Class<?> threads) {
    new ModelCheckingOptions()
        .iterations(2)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .invocationsPerIteration(120)
        .minimizeFailedScenario(false)
        .addGuarantee(forClasses(FrameWriter.class.getName()).allMethods().ignore())
        .check(threads);
  }

  /** What threads do; the model checker finds inherited operations. */
  public abstract static class OnWritePath {
    private final Group group;

    private OnWritePath(WritePath path) {
      group = new Group(path);
    }

    /** Appends and checks that it is durable. */
    @Operation
    public void append() {
      group.append();
    }

    /** Waits for what another thread has encoded, and checks that it is durable. */
    @Operation
    public void await() {
      group.await();
    }

    /** Reads what the end covers. */
    @Operation
    public void read() {
      group.read();
    }

    /** Fails where a check has. */
    @Validate
    public void allWasAsPromised() {
      group.failIfBroken();
    }
  }

  /** What threads do on the mapped path. */
  public static final class OnMappedPath extends OnWritePath {
    /** Created by the model checker. */
    public OnMappedPath() {
      super(WritePath.MAPPED);
    }
  }

  /** What threads do on the positional path. */
  public static final class OnPositionalPath extends OnWritePath {
    /** Created by the model checker. */
    public OnPositionalPath() {
      super(WritePath.POSITIONAL);
    }
  }

  /** What threads do that take a write for a sync. */
  public static final class WithoutWaiting extends OnWritePath {
    /** Created by the model checker. */
    public WithoutWaiting() {
      super(WritePath.POSITIONAL);
    }

    /** Waits until others can read it, and checks that it is durable. */
    @Override
    @Operation
    public void await() {
      super.group.awaitWritten();
    }
  }

  /** For a log that needs no second segment. */
  private record NoBackground() implements Appender.Background {
    @Override
    public void start() {}

    @Override
    public void filled(Segment segment, long batchEnd) {}
  }

  /**
   * The part of a writer that appends and commits, on one segment in memory. A first record is
   * encoded and not yet synced.
   */
  private static final class Group {
    private final OneFile file = new OneFile(SEGMENT);
    private volatile String broken = "";
    private final Appender appender;
    private final Commit commit;
    private final long first;

    Group(WritePath path) {
      LogOptions options =
          LogOptions.defaults().withBlockSize(BLOCK).withSegmentSize(SEGMENT).withWritePath(path);
      Directory folder = file.folder();
      Geometry geometry = new Geometry(BLOCK, SEGMENT, CheckKind.CRC32C, new byte[16]);
      SegmentTable table = new SegmentTable(geometry, 0, 0);
      Segment segment = Segment.in(folder, geometry, 0);
      segment.file().create();
      table.add(segment);
      if (path == WritePath.POSITIONAL) {
        segment.staging(Arena.ofAuto().allocate(SEGMENT));
      }
      DirectoryEntries entries = new DirectoryEntries(folder, () -> {});
      Preparer preparer =
          new Preparer(
              folder, entries, new Leftovers(Listing.of(folder), 0), options, SEGMENT, Thread::new);
      Appender.Background nothing = new NoBackground();
      Recovery.Verdict empty = new Recovery.Verdict(0, -1, 0, 0, 0, 0);
      appender = new Appender(table, options, preparer, nothing, segment, empty, 0);
      Gathering gathering = new Gathering(() -> 0);
      commit = new Commit(table, options, appender, entries, preparer, nothing, gathering, empty);
      first = encode();
    }

    void failIfBroken() {
      if (!broken.isEmpty()) {
        throw new IllegalStateException(broken);
      }
    }

    private void expect(MemorySegment bytes, long position) {
      for (int i = 0; i < PAYLOAD_BYTES; i++) {
        byte found = bytes.get(ValueLayout.JAVA_BYTE, position + FrameLayout.HEADER_BYTES + i);
        if (found != FILLER) {
          broken = "%d at %d + %d".formatted(found, position, i);
        }
      }
    }

    private long encode() {
      byte[] payload = new byte[PAYLOAD_BYTES];
      Arrays.fill(payload, FILLER);
      return appender.append(payload, 0, PAYLOAD_BYTES);
    }

    void append() {
      long position = encode();
      commit.awaitDurable(position + 1);
      expect(file.durable(), position);
    }

    void await() {
      commit.awaitDurable(first + 1);
      expect(file.durable(), first);
    }

    void awaitWritten() {
      commit.awaitWritten(first + 1);
      expect(file.durable(), first);
    }

    void read() {
      long end = appender.end();
      long head = appender.head();
      if (end > 0) {
        expect(file.memory(), head);
      }
    }
  }
}
