package dev.varve.io;

/** Who maps segments into memory. Both give the same memory type; there is one hot path. */
public enum MappingKind {
  /** {@code java.lang.foreign}: needs no flags. */
  FFM,
  /**
   * Chronicle Bytes, an optional dependency: needs the {@code --add-opens} that its documentation
   * lists.
   */
  CHRONICLE_BYTES
}
