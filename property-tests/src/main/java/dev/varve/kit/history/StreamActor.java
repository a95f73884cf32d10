package dev.varve.kit.history;

import dev.varve.StorageException;
import dev.varve.driver.Append;
import java.util.Random;

/**
 * Somebody who does with a stream what a seed says: appends where it believes the end to be, and
 * now and then elsewhere, reads on from where it was or from the start, asks for the end. What the
 * medium is not available for it leaves.
 */
public final class StreamActor implements Runnable {
  private final RecordedStream stream;
  private final Random random;
  private final int operations;
  private final boolean writes;
  private int unavailable;
  private long end;
  private long position;

  /**
   * An actor that is yet to run.
   *
   * @param operations how many it asks for
   * @param writes whether it appends, apart from reading
   */
  public StreamActor(RecordedStream stream, long seed, int operations, boolean writes) {
    this.stream = stream;
    this.operations = operations;
    this.writes = writes;
    random = new Random(seed);
  }

  @Override
  public void run() {
    for (int i = 0; i < operations; i++) {
      try {
        act(random.nextInt(100));
      } catch (StorageException.Unavailable refused) {
        unavailable++;
      }
    }
  }

  private void act(int chosen) {
    if (writes && chosen < 70) {
      append();
    } else if (chosen < 90) {
      position = stream.read(random.nextInt(12) == 0 ? 0 : position);
    } else {
      end = stream.end();
    }
  }

  /** How many operations the medium was not available for. */
  public int unavailable() {
    return unavailable;
  }

  private void append() {
    int events = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4);
    end =
        switch (stream.append(expected(), events)) {
          case Append.Appended appended -> appended.end();
          case Append.Outdated outdated -> outdated.end();
          case Append.Unknown _ -> stream.end();
        };
  }

  /** Mostly the end as it is known; also one that is stale, and one that nobody told. */
  private long expected() {
    return switch (random.nextInt(12)) {
      case 0 -> position;
      case 1 -> end + 8;
      default -> end;
    };
  }
}
