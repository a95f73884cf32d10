package dev.varve.kit.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.varve.StorageException;
import dev.varve.driver.EventBatch;
import dev.varve.driver.MemoryDriver;
import dev.varve.kit.stream.StreamMedium;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run tells wrong drivers, and its recorder writes down what it sees. */
class ConcurrentRunTest {
  private final HistoryRecorder recorder = new HistoryRecorder(new AtomicLong()::incrementAndGet);
  private final MemoryDriver driver = new MemoryDriver();
  private final RecordedStream stream = recorder.stream(driver, 0, 3, 1_000);

  @ParameterizedTest
  @EnumSource
  void aWrongDriverIsFound(WrongDriver.Fault fault) {
    StreamHistory history;
    try (StreamMedium medium = WrongDriver.medium(fault)) {
      history = new ConcurrentRun(2, 1, 1, 150, 7).on(medium);
    }
    assertInstanceOf(Verdict.Violation.class, history.check(Refusals.MAY_TELL_A_FORMER_END));
  }

  @Test
  void whatOneActorDoesIsWrittenDownAsItIs() {
    stream.append(0, 2);
    long end = stream.end();
    stream.read(stream.read(0));
    stream.append(0, 1);
    String history = recorder.history().toString().replace(String.valueOf(end), "E");
    assertEquals(
        """
          [   1    2] actor 3, driver 0: append(batch 1 of 2, expected 0) -> appended at 0, end E
          [   3    4] actor 3, driver 0: end -> E
        """,
        history.lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
    assertEquals(5, recorder.history().operations().size());
    recorder.history().assertLinearizable(Refusals.TELL_THE_CURRENT_END);
  }

  @Test
  void anAppendThatNeverAnswersIsUnknown() {
    driver.close();
    assertThrows(IllegalStateException.class, () -> stream.append(0, 2));
    Operation open = recorder.history().operations().getFirst();
    assertEquals(Operation.NEVER, open.answered());
    assertEquals(new Outcome.Unknown(1, 2, 0), open.outcome());
  }

  @Test
  void anAppendThatFailsIsHeldToBeNotApplied() {
    RecordedStream failing =
        recorder.stream(
            new FailingDriver(new StorageException.Unavailable("no answer")), 0, 0, 1_000);
    assertThrows(StorageException.Unavailable.class, () -> failing.append(0, 1));
    assertInstanceOf(Outcome.Failed.class, recorder.history().operations().getFirst().outcome());
  }

  @Test
  void anEventThatNobodyAppendedIsFoundAtOnce() {
    driver.append(0, EventBatch.of(1, new byte[24]));
    assertThrows(AssertionError.class, () -> stream.read(0));
  }
}
