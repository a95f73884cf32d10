package dev.varve.io;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of files without subfolders; names are plain file names. */
public interface Directory extends AutoCloseable {
  /** What messages call this folder. */
  String path();

  /** The names in it, in no order. */
  List<String> list();

  /** Whether there is a file of that name. */
  boolean exists(String name);

  /** Creates a file of size 0 for reading and writing; fails where the name exists. */
  StoredFile create(String name);

  /** Opens an existing file; {@code null} where there is none. */
  @Nullable StoredFile open(String name, boolean writable);

  /** Renames a file; an existing target is replaced atomically. */
  void rename(String from, String to);

  /** Removes a name; a file that is still open or mapped stays readable. */
  void unlink(String name);

  /** Makes creations, renames and removals durable. */
  void sync();

  /**
   * Takes a lock that excludes other processes and other holders in this one; it ends with its
   * holder's process.
   *
   * @param shared whether other shared holders are allowed
   * @return {@code null} where somebody else holds it
   */
  @Nullable Lock tryLock(String name, boolean shared);

  /** What the holder of a lock announced: a process id, or empty. */
  String lockHolder(String name);

  @Override
  void close();

  /** A held lock. */
  interface Lock extends AutoCloseable {
    /** Writes the process id of the holder where {@link #lockHolder} finds it. */
    void announce();

    @Override
    void close();
  }
}
