package dev.varve.kit.stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Every sentence of what a {@link dev.varve.driver.StorageDriver} promises, as tests. Extend it
 * with the medium of your driver:
 *
 * <pre>{@code
 * final class MyDriverContractTest extends StorageDriverContract {
 *   @Override
 *   protected StreamMedium emptyMedium() {
 *     return new MyMedium();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests live in the parts this class brings together, one per subject. Each test gets a
 * medium of its own, and expects it to be in good order: an append that ends {@code Unknown} fails
 * the test.
 */
public abstract class StorageDriverContract
    implements EmptyStreamContract,
        ConditionContract,
        EventBatchContract,
        ReadContract,
        SeekContract,
        AwaitEndContract,
        CloseContract,
        ContentionContract,
        GarbageContract {

  private StreamFixture fixture;

  /** For subclasses. */
  protected StorageDriverContract() {}

  /** A medium with a new stream; asked once per test. */
  protected abstract StreamMedium emptyMedium();

  @BeforeEach
  final void openFixture() {
    fixture = new StreamFixture(emptyMedium());
  }

  @AfterEach
  final void closeFixture() {
    fixture.close();
  }

  @Override
  public final StreamFixture fixture() {
    return fixture;
  }
}
