package dev.varve.kit.disk;

/**
 * Thrown by every call to a {@link SimulatedDisk} that has crashed: a process that has died does
 * not return, and whatever this one still does has no effect.
 */
public final class PowerLost extends Error {
  private static final long serialVersionUID = 1L;

  PowerLost(int call) {
    super("the disk stopped before I/O call " + call, null, false, false);
  }
}
