package dev.varve.kit.history;

import dev.varve.driver.StorageDriver;
import dev.varve.kit.Background;
import dev.varve.kit.Payloads;
import dev.varve.kit.stream.StreamMedium;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writers and readers at once on one stream, and what they were answered. What they ask for depends
 * on the seed only, who comes first does not.
 *
 * @param writers threads that append and read
 * @param readers threads that only read
 * @param drivers of the stream, over which the threads are spread
 * @param operations that each thread asks for
 */
public record ConcurrentRun(int writers, int readers, int drivers, int operations, long seed) {

  /** Runs on an empty stream. */
  public StreamHistory on(StreamMedium medium) {
    HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
    List<StorageDriver> open = new ArrayList<>();
    try {
      for (int i = 0; i < drivers; i++) {
        open.add(medium.open());
      }
      List<Background> threads = new ArrayList<>();
      for (int actor = 0; actor < writers + readers; actor++) {
        StreamActor body = actor(recorder, open.get(actor % drivers), actor);
        threads.add(Background.start("actor " + actor, body::run));
      }
      threads.forEach(Background::join);
      return recorder.history();
    } finally {
      open.forEach(StorageDriver::close);
    }
  }

  private StreamActor actor(HistoryRecorder recorder, StorageDriver driver, int actor) {
    int bufferBytes = 120 + Payloads.number(seed, actor, 4_000);
    RecordedStream stream = recorder.stream(driver, actor % drivers, actor, bufferBytes);
    return new StreamActor(stream, seed + actor, operations, actor < writers);
  }
}
