package dev.varve.contract;

import dev.varve.io.MappingKind;
import dev.varve.kit.RecordLogContract;
import dev.varve.kit.RecordLogFactory;
import dev.varve.segment.CheckKind;
import dev.varve.segment.Durability;
import dev.varve.segment.LogOptions;
import dev.varve.segment.WritePath;
import dev.varve.support.TestLogs;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Our segment log keeps the contract when Chronicle Bytes maps its segments, which needs flags of
 * the JVM.
 */
@Tag("chronicle-bytes")
final class ChronicleBytesContractTest {
  @Nested
  final class TinyCrcMapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          TestLogs.tiny()
              .withMapping(MappingKind.CHRONICLE_BYTES)
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
              .withMapping(MappingKind.CHRONICLE_BYTES)
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
              .withMapping(MappingKind.CHRONICLE_BYTES)
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.NONE)
              .withWritePath(WritePath.MAPPED));
    }
  }

  @Nested
  final class DefaultSizedCrcMapped extends RecordLogContract {
    @Override
    protected RecordLogFactory factory() {
      return new SegmentLogFactory(
          LogOptions.defaults()
              .withMapping(MappingKind.CHRONICLE_BYTES)
              .withCheck(CheckKind.CRC32C)
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
              .withMapping(MappingKind.CHRONICLE_BYTES)
              .withCheck(CheckKind.MD5)
              .withDurability(Durability.SYNC)
              .withWritePath(WritePath.POSITIONAL));
    }
  }
}
