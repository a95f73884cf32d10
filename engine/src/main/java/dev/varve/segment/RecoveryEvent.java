package dev.varve.segment;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A log was opened, and what had to be checked and cut for it. */
@Name("dev.varve.Recovery")
@Label("Log Recovery")
@Category("Varve")
final class RecoveryEvent extends Event {
  @Label("Folder")
  String folder = "";

  @Label("Clean End")
  boolean cleanEnd;

  @Label("Same Boot")
  boolean sameBoot;

  @Label("Checked Bytes")
  long checkedBytes;

  @Label("Cut Bytes")
  long cutBytes;

  void tell(String path, RecoveryReport report) {
    end();
    if (shouldCommit()) {
      folder = path;
      cleanEnd = report.cleanEnd();
      sameBoot = report.sameBoot();
      checkedBytes = report.checkedBytes();
      cutBytes = report.cutBytes();
      commit();
    }
  }
}
