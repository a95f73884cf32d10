package dev.varve.contract;

import dev.varve.io.LocalIo;
import dev.varve.kit.RecordLogContract;
import dev.varve.kit.RecordLogFactory;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * Our segment log keeps the contract on both checks and both write paths, without any flag of the
 * JVM.
 */
final class SegmentLogContractTest {
  @Nested
  final class TinyCrcMapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny()
              .withCheck(CheckKind.CRC32C)
              .withDurability(Durability.NONE)
              .withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class TinyCrcPositional extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny()
              .withCheck(CheckKind.CRC32C)
              .withDurability(Durability.SYNC)
              .withWritePath(WritePath.POSITIONAL));
    }
  }

  @Nested
  final class TinyMd5Mapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny()
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.NONE)
              .withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class TinyMd5Positional extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny()
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.SYNC)
              .withWritePath(WritePath.POSITIONAL));
    }
  }

  @Nested
  final class DefaultSizedCrcMapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          LogOptions.defaults()
              .withCheck(CheckKind.CRC32C)
              .withDurability(Durability.NONE)
              .withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class DefaultSizedCrcPositional extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          LogOptions.defaults()
              .withCheck(CheckKind.CRC32C)
              .withDurability(Durability.SYNC)
              .withWritePath(WritePath.POSITIONAL));
    }
  }

  @Nested
  final class DefaultSizedMd5Mapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          LogOptions.defaults()
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.NONE)
              .withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class DefaultSizedMd5Positional extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          LogOptions.defaults()
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.SYNC)
              .withWritePath(WritePath.POSITIONAL));
    }
  }

  @Nested
  final class TinyCrcSyncedByInterval extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny().withDurability(Durability.interval(Duration.ofMillis(1))));
    }
  }

  @Nested
  final class TinyCrcMappedAndSynced extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny().withDurability(Durability.SYNC).withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class TinyCrcPositionalAndUnsynced extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny().withDurability(Durability.NONE).withWritePath(WritePath.POSITIONAL));
    }
  }

  @Nested
  final class DefaultSizedCrcOnPortableCalls extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(LogOptions.defaults().withIo(LocalIo.portable()));
    }
  }
}
