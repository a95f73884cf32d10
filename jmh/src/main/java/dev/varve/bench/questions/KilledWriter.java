package dev.varve.bench.questions;

import dev.varve.bench.systems.LogSession;
import dev.varve.bench.systems.Payloads;
import dev.varve.bench.systems.Systems;
import dev.varve.bench.systems.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that fills a log and is gone without closing it. */
final class KilledWriter {
  private static final int HALTED = 3;

  private KilledWriter() {}

  /** Fills a log in an empty folder from a process of its own, which then halts. */
  static void fill(String system, Path folder, int records) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LogQuestion.forkFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            KilledWriter.class.getName(), system, folder.toString(), Integer.toString(records)));
    try {
      int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (exit != HALTED) {
        throw new IOException("the writer ended with exit code " + exit);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The process: system, folder, number of records. */
  public static void main(String[] arguments) throws IOException {
    Workload workload = Reopen.workload();
    LogSession session = Systems.named(arguments[0]).open(Path.of(arguments[1]), workload);
    Payloads payloads = new Payloads(workload.payloadBytes());
    int records = Integer.parseInt(arguments[2]);
    while (payloads.nextSequence() < records) {
      session.append(payloads, workload.recordsPerAppend());
    }
    // No shutdown hooks, no finalizers: as if killed.
    Runtime.getRuntime().halt(HALTED);
  }
}
