package dev.varve.bench.example;

import dev.varve.bench.systems.Answer;
import dev.varve.bench.systems.Fit;
import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.LogSystem;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Task;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Records of one length, one after the other in a plain file. */
public final class PlainFileSystem implements LogSystem {
  @Override
  public String name() {
    return "plain-file";
  }

  @Override
  public Fit fit(Workload workload) {
    boolean fits = workload.task() == Task.APPEND && workload.threads() == 1;
    return fits ? Fit.yes("keeps everything, checks nothing") : Fit.no("it only appends");
  }

  @Override
  public LogSession open(Path folder, Workload workload) throws IOException {
    RandomAccessFile file = new RandomAccessFile(folder.resolve("log").toFile(), "rw");
    return new LogSession() {
      @Override
      public void append(Payloads payloads, int count) throws IOException {
        for (int i = 0; i < count; i++) {
          file.write(payloads.next());
        }
        if (workload.durable()) {
          file.getFD().sync();
        }
      }

      @Override
      public void scan(Direction direction, long limit, Answer answer) throws IOException {
        byte[] record = new byte[workload.payloadBytes()];
        file.seek(0);
        for (long left = limit; left > 0 && file.read(record) > 0; left--) {
          answer.whole(record);
        }
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
