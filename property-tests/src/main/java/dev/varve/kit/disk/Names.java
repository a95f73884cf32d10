package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of the folder: as they are, as they are durable, and the changes between the two. */
final class Names {
  private final Map<String, Inode> present;
  private final Map<String, Inode> durable;
  private final List<Change> changes;

  /** An inode loses a name, gets one, or both at once. */
  record Change(@Nullable String removed, @Nullable String added, Inode inode) {
    void applyTo(Map<String, Inode> names) {
      if (removed != null && names.get(removed) == inode) {
        names.remove(removed);
      }
      if (added != null) {
        names.put(added, inode);
      }
    }
  }

  Names() {
    this(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  Names(Map<String, Inode> present, Map<String, Inode> durable, List<Change> changes) {
    this.present = present;
    this.durable = durable;
    this.changes = changes;
  }

  Set<String> list() {
    return new TreeSet<>(present.keySet());
  }

  @Nullable Inode find(String name) {
    return present.get(name);
  }

  void create(String name, Inode inode) {
    change(new Change(null, name, inode));
  }

  void rename(String from, String to, Inode inode) {
    change(new Change(from, to, inode));
  }

  void unlink(String name, Inode inode) {
    change(new Change(name, null, inode));
  }

  private void change(Change change) {
    changes.add(change);
    change.applyTo(present);
  }

  void sync() {
    durable.clear();
    durable.putAll(present);
    changes.clear();
  }

  Map<String, Inode> present() {
    return present;
  }

  Map<String, Inode> durable() {
    return durable;
  }

  List<Change> changes() {
    return changes;
  }
}
