package dev.varve.segment;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The end of a log moved into another segment. */
@Name("dev.varve.Roll")
@Label("Segment Roll")
@Category("Varve")
@StackTrace(false)
final class RollEvent extends Event {
  @Label("Segment")
  String segment = "";

  void tell(Segment entered) {
    end();
    if (shouldCommit()) {
      segment = entered.file().name();
      commit();
    }
  }
}
