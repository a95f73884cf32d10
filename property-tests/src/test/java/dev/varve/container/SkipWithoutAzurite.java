package dev.varve.container;

import dev.varve.support.Azurite;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.opentest4j.TestAbortedException;

/**
 * Skips a property where a test would be skipped for want of Azurite: a property that is aborted in
 * its course counts as failed.
 */
final class SkipWithoutAzurite implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    try {
      Azurite.shared();
      return SkipResult.doNotSkip();
    } catch (TestAbortedException missing) {
      return SkipResult.skip(missing.getMessage());
    } catch (AssertionError wanted) {
      // The property asks for Azurite itself, and fails with the reason.
      return SkipResult.doNotSkip();
    }
  }
}
