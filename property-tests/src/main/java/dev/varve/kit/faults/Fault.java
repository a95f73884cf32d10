package dev.varve.kit.faults;

/**
 * What goes wrong, and when.
 *
 * @param kind how the call fails
 * @param call which call fails, counted from 0 among those that can fail so
 * @param lasting whether every later one fails too
 */
public record Fault(Kind kind, int call, boolean lasting) {

  /** How a call fails. */
  public enum Kind {
    /** Any call: an input/output error. A write is half done, a sync loses its pages. */
    EIO,
    /** A call that may need blocks: there are none. */
    ENOSPC,
    /** A read or write: only half of it is done, and it says so. */
    SHORT_TRANSFER,
    /** Any call: it succeeds, and its thread is interrupted meanwhile. */
    INTERRUPT,
    /** A look at mapped memory: its pages cannot be backed, and access is an InternalError. */
    UNBACKED_PAGES
  }

  @Override
  public String toString() {
    return "%s at call %d%s".formatted(kind, call, lasting ? " and from then on" : "");
  }
}
