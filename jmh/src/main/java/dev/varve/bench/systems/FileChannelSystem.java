package dev.varve.bench.systems;

import java.io.IOException;
import java.nio.file.Path;

/** The limit's loop without a mapping: every record is written through a file channel. */
public final class FileChannelSystem implements LogSystem {
  @Override
  public String name() {
    return "file-channel";
  }

  @Override
  public Kind kind() {
    return Kind.PEER;
  }

  @Override
  public Fit fit(Workload workload) {
    return workload.task() == Task.MAPPING
        ? Fit.yes("the limit's loop, one positional write per record")
        : Fit.no("it is an answer to the question of mappings only");
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    return new LimitSession(
        new ChannelRing(folder, LimitSystem.segments(workload)), workload, LimitReader.Check.FRAME);
  }
}
