package dev.varve.kit.reference;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.kit.CrashReport;
import dev.varve.kit.CrashRunner;
import dev.varve.kit.CrashWorkload;
import dev.varve.kit.RecordLogUnderTest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The crash runner passes a log that keeps its promise and finds those that do not. */
public final class CrashRunnerTest {
  private static final CrashWorkload WORKLOAD = new CrashWorkload(11, 2, 8_000, true);

  /** In as many cycles as were asked for, and more as long as no kill has hit an append. */
  @Test
  void anHonestLogIsPassed() {
    CrashReport report = CrashRunner.run(FileLog.Factory.class, WORKLOAD, 2);
    assertTrue(report.cycles() >= 2 && report.killsInAppend() > 0, report::toString);
  }

  @Test
  void aLogThatAcknowledgesWhatItOnlyHoldsInMemoryIsFound() {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> CrashRunner.run(ForgetfulFactory.class, WORKLOAD, 8));
    assertTrue(String.valueOf(error.getMessage()).contains("seed=11"), error::getMessage);
  }

  @Test
  void aChildThatFailsByItselfIsAFailureWithItsStackTrace() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> CrashRunner.run(Refusing.class, WORKLOAD, 1));
    assertTrue(
        String.valueOf(error.getMessage()).contains("refused on purpose"), error::getMessage);
  }

  /** Stores nothing. */
  public static final class ForgetfulFactory extends FileLog.Factory {
    /** Created by name in the child. */
    public ForgetfulFactory() {}

    @Override
    public RecordLogUnderTest open(Path folder) {
      return new FileLog(folder, traits().largestRecord()) {
        @Override
        void store(ByteBuffer frame) {}
      };
    }
  }

  /** Cannot be opened. */
  public static final class Refusing extends FileLog.Factory {
    /** Created by name in the child. */
    public Refusing() {}

    @Override
    public RecordLogUnderTest open(Path folder) {
      throw new IllegalStateException("refused on purpose");
    }
  }
}
