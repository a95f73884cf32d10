package dev.varve.io;

import java.nio.file.Path;

/** Another way to map a file than the one its family of calls has. */
interface Mapper {
  /** Maps the first {@code length} bytes of an existing file of at least that size. */
  Mapping map(Path path, long length, boolean writable);
}
