package dev.varve.segment;

import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Begins events where somebody may want them. To load the first event class of a process sets up
 * the whole flight recorder, which takes longer than an opening; so none is loaded before there is
 * a recording. (For the same reason nothing here treats one as its superclass: the verifier would
 * load it to see whether that is right.)
 */
final class Recorder {
  private Recorder() {}

  static @Nullable RecoveryEvent recovery() {
    if (!FlightRecorder.isInitialized()) {
      return null;
    }
    RecoveryEvent event = new RecoveryEvent();
    event.begin();
    return event;
  }

  static @Nullable RollEvent roll() {
    if (!FlightRecorder.isInitialized()) {
      return null;
    }
    RollEvent event = new RollEvent();
    event.begin();
    return event;
  }

  static @Nullable SyncEvent sync() {
    if (!FlightRecorder.isInitialized()) {
      return null;
    }
    SyncEvent event = new SyncEvent();
    event.begin();
    return event;
  }
}
