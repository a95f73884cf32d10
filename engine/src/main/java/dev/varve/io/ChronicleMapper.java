package dev.varve.io;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.SyncMode;
import org.jspecify.annotations.Nullable;

/**
 * Maps files with Chronicle Bytes, an optional dependency, and shows them as the same memory type
 * as every other mapping. The only class that touches Chronicle besides {@link ChronicleMapping}.
 */
final class ChronicleMapper implements Mapper {
  private ChronicleMapper() {}

  /**
   * Checks that Chronicle Bytes is there and allowed to map.
   *
   * @throws IllegalStateException naming the dependency or the flags that are missing
   */
  static Mapper create() {
    try {
      Class.forName("net.openhft.chronicle.bytes.MappedBytes");
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(
          "mapping CHRONICLE_BYTES needs net.openhft:chronicle-bytes on the class path", missing);
    } catch (LinkageError failed) {
      throw closed(failed);
    }
    if (!isOpen()) {
      throw closed(null);
    }
    return new ChronicleMapper();
  }

  private static boolean isOpen() {
    Module base = Object.class.getModule();
    Module chronicle = ChronicleMapper.class.getModule();
    return base.isOpen("java.lang.reflect", chronicle)
        && base.isExported("sun.nio.ch", chronicle)
        && base.isExported("jdk.internal.ref", chronicle);
  }

  private static IllegalStateException closed(@Nullable Throwable cause) {
    return new IllegalStateException(
        "mapping CHRONICLE_BYTES needs the JVM flags"
            + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
            + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"
            + " --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"
            + " --sun-misc-unsafe-memory-access=allow; mapping FFM needs none",
        cause);
  }

  @Override
  public Mapping map(Path path, long length, boolean writable) {
    try {
      MappedBytes bytes = Uninterrupted.call(() -> open(path, length, !writable));
      return new ChronicleMapping(path, bytes, length, writable);
    } catch (IOException failure) {
      throw Failures.of("map", path.toString(), failure);
    }
  }

  private static MappedBytes open(Path path, long length, boolean readOnly) throws IOException {
    MappedBytes bytes = MappedBytes.singleMappedBytes(path.toFile(), length, readOnly);
    bytes.singleThreadedCheckDisabled(true);
    bytes.mappedFile().syncMode(SyncMode.SYNC);
    return bytes;
  }
}
