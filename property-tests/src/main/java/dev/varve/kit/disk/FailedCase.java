package dev.varve.kit.disk;

/** A log that broke a promise, with the case that shows it again. */
public final class FailedCase extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient CrashCase sessions;

  FailedCase(CrashCase sessions, Throwable broken) {
    super(broken + System.lineSeparator() + sessions, broken);
    this.sessions = sessions;
  }

  /** What to replay. */
  public CrashCase sessions() {
    return sessions;
  }
}
