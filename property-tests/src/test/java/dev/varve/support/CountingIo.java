package dev.varve.support;

import dev.varve.io.Directory;
import dev.varve.io.LocalIo;
import dev.varve.io.MappingKind;
import dev.varve.io.StoredFile;
import dev.varve.kit.io.ForwardingDirectory;
import dev.varve.kit.io.ForwardingIo;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The machine, and a list of the files that were opened on it. */
public final class CountingIo extends ForwardingIo {
  private final ConcurrentLinkedQueue<String> opened = new ConcurrentLinkedQueue<>();

  /** A machine on which nothing has been opened. */
  public CountingIo() {
    super(LocalIo.best());
  }

  /** The files opened so far whose names begin so, each as often as it was opened. */
  public List<String> opened(String prefix) {
    return opened.stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public Directory directory(Path folder, MappingKind mapping, boolean create) {
    return new ForwardingDirectory(super.directory(folder, mapping, create)) {
      @Override
      public @Nullable StoredFile open(String name, boolean writable) {
        opened.add(name);
        return super.open(name, writable);
      }
    };
  }
}
