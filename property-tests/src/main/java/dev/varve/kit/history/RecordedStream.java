package dev.varve.kit.history;

import dev.varve.StorageException;
import dev.varve.codec.EventFrame;
import dev.varve.driver.Append;
import dev.varve.driver.EventBuffer;
import dev.varve.driver.StorageDriver;
import java.util.ArrayList;
import java.util.List;

/** A driver that one actor uses, all of which is written down. Confined to one thread. */
public final class RecordedStream {
  private static final int LARGEST_FRAME_BYTES =
      EventFrame.frameBytes(RecordedEvent.MAX_CONTENT_BYTES);

  /** What a medium may keep in front of an event, and a buffer has to hold. */
  private static final int MEDIUMS_OWN_BYTES = 64;

  private final HistoryRecorder recorder;
  private final StorageDriver driver;
  private final int number;
  private final int actor;
  private final EventBuffer buffer;

  RecordedStream(
      HistoryRecorder recorder, StorageDriver driver, int number, int actor, int bufferBytes) {
    this.recorder = recorder;
    this.driver = driver;
    this.number = number;
    this.actor = actor;
    buffer = new EventBuffer(Math.max(bufferBytes, LARGEST_FRAME_BYTES + MEDIUMS_OWN_BYTES));
  }

  /**
   * Appends a batch of so many events that no other batch of the recorder has.
   *
   * @throws StorageException as the driver; the batch is then held to be not applied
   */
  public Append append(long expected, int events) {
    int batch = recorder.nextBatch();
    Operation begun = recorder.begin(actor, number, new Outcome.Unknown(batch, events, expected));
    try {
      Append answer = driver.append(expected, RecordedEvent.batch(batch, events));
      recorder.answered(begun, outcome(answer, batch, events, expected));
      return answer;
    } catch (StorageException e) {
      recorder.answered(begun, new Outcome.Failed(batch, events, expected, e.toString()));
      throw e;
    }
  }

  private static Outcome outcome(Append answer, int batch, int events, long expected) {
    return switch (answer) {
      case Append.Appended appended ->
          new Outcome.Appended(batch, events, expected, appended.position(), appended.end());
      case Append.Outdated outdated ->
          new Outcome.Outdated(batch, events, expected, outdated.end());
      case Append.Unknown _ -> new Outcome.Unknown(batch, events, expected);
    };
  }

  /**
   * Reads once. A read that fails is no part of the history.
   *
   * @return where to go on
   * @throws AssertionError when an event is shown that nobody appended
   */
  public long read(long from) {
    long invoked = recorder.now();
    long next = driver.read(from, buffer);
    List<Sighting> events = new ArrayList<>();
    for (int i = 0; i < buffer.count(); i++) {
      events.add(RecordedEvent.seen(buffer, i));
    }
    boolean partial = !events.isEmpty();
    recorder.add(actor, number, invoked, new Outcome.Read(from, events, next, partial));
    return next;
  }

  /** Asks for the end. */
  public long end() {
    long invoked = recorder.now();
    long end = driver.end();
    recorder.add(actor, number, invoked, new Outcome.End(end));
    return end;
  }
}
