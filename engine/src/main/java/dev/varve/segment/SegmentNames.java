package dev.varve.segment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The names of a log's files. Opening a log asks for all of them, in code that is not compiled yet:
 * so no patterns and no formats here.
 */
final class SegmentNames {
  static final String SUPERBLOCK = "superblock";
  static final String NEW_SUPERBLOCK = "superblock.new";
  static final String WRITER_LOCK = "writer.lock";
  static final String READERS_LOCK = "readers.lock";

  private static final String SEGMENT_START = "f";
  private static final String SEGMENT_END = ".sf";
  private static final int SEGMENT_DIGITS = 12;
  private static final int MAX_SEGMENT_DIGITS = 19;
  private static final String POOL_START = "pool";
  private static final String POOL_END = ".free";
  private static final int POOL_DIGITS = 6;

  private SegmentNames() {}

  /** The file that starts at {@code start}: twelve digits, more from 10^12 on, as in the seed. */
  static String segment(long start) {
    return name(SEGMENT_START, start, SEGMENT_DIGITS, SEGMENT_END);
  }

  static String pool(long number) {
    return name(POOL_START, number, POOL_DIGITS, POOL_END);
  }

  static boolean isSegment(String name) {
    int digits = digits(name, SEGMENT_START, SEGMENT_END);
    return SEGMENT_DIGITS <= digits && digits <= MAX_SEGMENT_DIGITS;
  }

  static boolean isPool(String name) {
    return digits(name, POOL_START, POOL_END) > 0;
  }

  /**
   * The starts of the segments among {@code names}, ascending; a negative one is a foreign name.
   */
  static List<Long> segmentStarts(Collection<String> names) {
    List<Long> starts = new ArrayList<>();
    for (String name : names) {
      if (isSegment(name)) {
        starts.add(start(name));
      }
    }
    Collections.sort(starts);
    return List.copyOf(starts);
  }

  private static long start(String name) {
    int first = SEGMENT_START.length();
    int last = name.length() - SEGMENT_END.length();
    boolean padded = last - first > SEGMENT_DIGITS && name.charAt(first) == '0';
    try {
      return padded ? -1 : Long.parseLong(name, first, last, 10);
    } catch (NumberFormatException beyond) {
      return -1;
    }
  }

  private static String name(String start, long number, int digits, String end) {
    String decimal = Long.toString(number);
    return start
        .concat("0".repeat(Math.max(0, digits - decimal.length())))
        .concat(decimal)
        .concat(end);
  }

  /** How many digits stand between two texts that enclose nothing else, else -1. */
  private static int digits(String name, String start, String end) {
    int last = name.length() - end.length();
    if (!name.startsWith(start) || !name.endsWith(end) || last < start.length()) {
      return -1;
    }
    for (int i = start.length(); i < last; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return -1;
      }
    }
    return last - start.length();
  }
}
