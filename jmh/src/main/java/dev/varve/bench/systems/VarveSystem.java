package dev.varve.bench.systems;

import dev.varve.io.MappingKind;
import java.nio.file.Path;

/**
 * This repository's engine with its defaults: CRC-32C checks, 4 MiB segments mapped by the JDK,
 * positional writes where appends are durable. Records go one by one; several records of one
 * durable append go as a batch, which is one sync.
 */
public final class VarveSystem implements LogSystem {
  @Override
  public String name() {
    return "varve";
  }

  @Override
  public Kind kind() {
    return Kind.OURS;
  }

  @Override
  public Fit fit(Workload workload) {
    return Fit.yes();
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    return VarveSession.open(folder, workload, MappingKind.FFM);
  }
}
