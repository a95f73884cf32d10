package dev.varve.segment;

import dev.varve.codec.Crc32cCheck;
import dev.varve.codec.Md5Check;
import dev.varve.codec.RecordCheck;

/** Which check a log's records carry; fixed when the log is made. */
public enum CheckKind {
  /** CRC-32C over header and payload, chained and marked: every promise holds. */
  CRC32C(1),
  /**
   * The seed's MD5 of the payload: whole records that fit one block, no batches of more than one
   * record, and after a loss of power damage and a torn tail cannot always be told apart.
   */
  MD5(2);

  private final int code;

  CheckKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  RecordCheck newCheck(byte[] logId) {
    return this == CRC32C ? new Crc32cCheck(logId) : new Md5Check();
  }
}
