package dev.varve.bench.systems;

import dev.varve.io.MappingKind;
import java.nio.file.Path;

/** This repository's engine with segments mapped by Chronicle Bytes. */
public final class VarveChronicleSystem implements LogSystem {
  @Override
  public String name() {
    return "varve-chronicle";
  }

  @Override
  public Kind kind() {
    return Kind.OURS;
  }

  @Override
  public Fit fit(Workload workload) {
    return workload.task() == Task.MAPPING
        ? Fit.yes("segments mapped by Chronicle Bytes")
        : Fit.no("it differs in the mapping alone");
  }

  @Override
  public LogSession open(Path folder, Workload workload) {
    return VarveSession.open(folder, workload, MappingKind.CHRONICLE_BYTES);
  }
}
