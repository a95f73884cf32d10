package dev.varve.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A superblock file, changed field by field with checks that hold: what a hostile or a newer writer
 * leaves. The layout is repeated here from its page, not taken from the engine.
 */
public final class SuperblockFields {
  /** A format version that does not exist yet. */
  public static final int NEWER_VERSION = 77;

  /** Bytes of one of the two copies. */
  public static final int COPY_BYTES = 4096;

  /** The fields of 4 bytes by offset. */
  public static final int VERSION = 8;

  public static final int KIND = 12;
  public static final int LOG_ID = 16;
  public static final int BLOCK_SIZE = 32;
  public static final int SEGMENT_SIZE = 36;

  /** The fields of 8 bytes by offset. */
  public static final int SEQUENCE = 40;

  public static final int BASE = 48;
  public static final int TAIL = 56;
  public static final int MARK = 64;
  public static final int CLEAN_END = 72;

  private static final int CRC = COPY_BYTES - 4;

  private final Path file;
  private final ByteBuffer bytes;

  /** The superblock of the folder. */
  public SuperblockFields(Path folder) throws IOException {
    file = folder.resolve("superblock");
    bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Makes both copies say that they are of a newer version. */
  public static void raiseVersion(Path folder) throws IOException {
    SuperblockFields fields = new SuperblockFields(folder);
    for (int copy = 0; copy < 2; copy++) {
      fields.setInt(copy, VERSION, NEWER_VERSION);
    }
    fields.write();
  }

  /** The copy with the higher sequence: 0 or 1. */
  public int newer() {
    return bytes.getLong(SEQUENCE) > bytes.getLong(COPY_BYTES + SEQUENCE) ? 0 : 1;
  }

  /** A field of 8 bytes of the newer copy. */
  public long newest(int offset) {
    return bytes.getLong(newer() * COPY_BYTES + offset);
  }

  /** The newer copy, without the number of writes before it and the check that covers it. */
  public byte[] newestWithoutSequence() {
    byte[] copy = new byte[CRC];
    bytes.get(newer() * COPY_BYTES, copy);
    Arrays.fill(copy, SEQUENCE, SEQUENCE + Long.BYTES, (byte) 0);
    return copy;
  }

  /** The identity of the log: 16 bytes. */
  public byte[] logId() {
    byte[] id = new byte[16];
    bytes.get(newer() * COPY_BYTES + LOG_ID, id);
    return id;
  }

  /** Sets a field of 4 bytes of a copy. */
  public void setInt(int copy, int offset, int value) {
    bytes.putInt(copy * COPY_BYTES + offset, value);
  }

  /** Sets a field of 8 bytes of a copy. */
  public void setLong(int copy, int offset, long value) {
    bytes.putLong(copy * COPY_BYTES + offset, value);
  }

  /** Damages a copy so that its check fails. */
  public void breakCopy(int copy) throws IOException {
    write();
    byte[] file = bytes.array();
    file[copy * COPY_BYTES + SEQUENCE] ^= 1;
    Files.write(this.file, file);
  }

  /** Writes both copies with checks that hold. */
  public void write() throws IOException {
    for (int copy = 0; copy < 2; copy++) {
      CRC32C crc = new CRC32C();
      crc.update(bytes.array(), copy * COPY_BYTES, CRC);
      bytes.putInt(copy * COPY_BYTES + CRC, (int) crc.getValue());
    }
    Files.write(file, bytes.array());
  }
}
