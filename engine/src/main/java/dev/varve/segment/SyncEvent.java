package dev.varve.segment;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Bytes of a log were made durable. */
@Name("dev.varve.Sync")
@Label("Log Sync")
@Category("Varve")
@StackTrace(false)
final class SyncEvent extends Event {
  private static final EventType TYPE = EventType.getEventType(SyncEvent.class);

  @Label("From Position")
  long from;

  @Label("To Position")
  long to;

  /** A started event, or {@code null} when nobody records: a sync then allocates nothing. */
  static @Nullable SyncEvent started() {
    if (!TYPE.isEnabled()) {
      return null;
    }
    SyncEvent event = new SyncEvent();
    event.begin();
    return event;
  }

  /** Ends and records an event that was started. */
  static void tell(@Nullable SyncEvent event, long from, long to) {
    if (event != null) {
      event.tell(from, to);
    }
  }

  private void tell(long fromPosition, long toPosition) {
    end();
    if (shouldCommit()) {
      from = fromPosition;
      to = toPosition;
      commit();
    }
  }
}
