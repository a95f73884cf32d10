package dev.varve.kit.disk;

import dev.varve.kit.AppendedRecord;
import dev.varve.kit.RecordCursor;
import dev.varve.kit.RecordLogUnderTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of a log. */
public final class LogContent {
  private LogContent() {}

  /** All records, oldest first: a walk, a walk back, and each by its position agree. */
  public static List<AppendedRecord> of(RecordLogUnderTest log) {
    List<AppendedRecord> records = walk(log.forward());
    List<AppendedRecord> back = walk(log.backward()).reversed();
    if (records.size() != back.size()) {
      throw new AssertionError("P9: forwards %s, backwards %s".formatted(records, back));
    }
    for (int i = 0; i < records.size(); i++) {
      AppendedRecord record = records.get(i);
      byte[] payload = record.payload();
      if (record.position() != back.get(i).position()
          || !Arrays.equals(payload, back.get(i).payload())
          || !Arrays.equals(payload, log.read(record.position()))) {
        throw new AssertionError("P9: " + record + " is another one when read in another way");
      }
    }
    return records;
  }

  /** What a new cursor delivers, in its order. */
  static List<AppendedRecord> walk(RecordCursor cursor) {
    List<AppendedRecord> records = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        records.add(new AppendedRecord(cursor.position(), cursor.payload()));
      }
    }
    return records;
  }
}
