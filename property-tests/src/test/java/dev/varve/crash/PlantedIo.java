package dev.varve.crash;

import dev.varve.io.Directory;
import dev.varve.io.Io;
import dev.varve.io.Mapping;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.io.ForwardingDirectory;
import dev.varve.kit.io.ForwardingFile;
import dev.varve.kit.io.ForwardingIo;
import dev.varve.kit.io.ForwardingMapping;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A machine on which a call that matters is left out: what a log with that bug would do. */
final class PlantedIo extends ForwardingIo {
  private final Omission omission;

  PlantedIo(Io machine, Omission omission) {
    super(machine);
    this.omission = omission;
  }

  /** Decides which calls are made. */
  interface Omission {
    /** Syncs the folder, or does not. */
    default void syncFolder(Runnable sync) {
      sync.run();
    }

    /** Syncs a file, or does not. */
    default void syncFile(String name, Runnable sync) {
      sync.run();
    }

    /** Writes zeros over a range of a file, or does not. */
    default void zero(String name, Runnable zero) {
      zero.run();
    }
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new PlantedDirectory(super.directory(folder, mapping, create));
  }

  private final class PlantedDirectory extends ForwardingDirectory {
    PlantedDirectory(Directory real) {
      super(real);
    }

    @Override
    public StoredFile create(String name) {
      return new PlantedFile(super.create(name));
    }

    @Override
    public @Nullable StoredFile open(String name, boolean writable) {
      StoredFile opened = super.open(name, writable);
      return opened == null ? null : new PlantedFile(opened);
    }

    @Override
    public void sync() {
      omission.syncFolder(super::sync);
    }
  }

  private final class PlantedFile extends ForwardingFile {
    PlantedFile(StoredFile real) {
      super(real);
    }

    @Override
    public void zeroFill(long offset, long length) {
      omission.zero(name(), () -> super.zeroFill(offset, length));
    }

    @Override
    public void sync() {
      omission.syncFile(name(), super::sync);
    }

    @Override
    public Mapping map(long size, boolean writable) {
      return new ForwardingMapping(super.map(size, writable)) {
        @Override
        public void force(long offset, long length) {
          omission.syncFile(name(), () -> super.force(offset, length));
        }
      };
    }
  }
}
