package dev.varve.kit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Every sentence of what a record log promises, as tests. Extend it with the factory of your log:
 *
 * <pre>{@code
 * final class MyLogContractTest extends RecordLogContract {
 *   @Override
 *   protected RecordLogFactory factory() {
 *     return new MyLogFactory();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests live in the parts this class brings together, one per subject. Each test gets a log
 * in an empty folder of its own, in memory where the machine offers that: what a log owes its user
 * after a loss of power is not asked here.
 */
public abstract class RecordLogContract
    implements AppendContract,
        BatchContract,
        CursorContract,
        RetentionContract,
        LifecycleContract,
        ConcurrencyContract {

  private LogFixture fixture;

  /** For subclasses. */
  protected RecordLogContract() {}

  /** How the logs under test are opened; asked once per test. */
  protected abstract RecordLogFactory factory();

  @BeforeEach
  final void openFixture() {
    fixture = new LogFixture(factory());
  }

  @AfterEach
  final void closeFixture() {
    fixture.close();
  }

  @Override
  public final LogFixture fixture() {
    return fixture;
  }
}
