package dev.varve.segment;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Bytes of a log were made durable. */
@Name("dev.varve.Sync")
@Label("Log Sync")
@Category("Varve")
@StackTrace(false)
final class SyncEvent extends Event {
  @Label("From Position")
  long from;

  @Label("To Position")
  long to;

  void tell(long fromPosition, long toPosition) {
    end();
    if (shouldCommit()) {
      from = fromPosition;
      to = toPosition;
      commit();
    }
  }
}
