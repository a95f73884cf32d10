package dev.varve.segment;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a log's files. */
final class SegmentNames {
  static final String SUPERBLOCK = "superblock";
  static final String NEW_SUPERBLOCK = "superblock.new";
  static final String WRITER_LOCK = "writer.lock";
  static final String READERS_LOCK = "readers.lock";

  private static final Pattern SEGMENT = Pattern.compile("f([0-9]{12,19})\\.sf");
  private static final Pattern POOL = Pattern.compile("pool[0-9]+\\.free");

  private SegmentNames() {}

  /** The file that starts at {@code start}: twelve digits, more from 10^12 on, as in the seed. */
  static String segment(long start) {
    return String.format(Locale.ROOT, "f%012d.sf", start);
  }

  static String pool(long number) {
    return String.format(Locale.ROOT, "pool%06d.free", number);
  }

  static boolean isSegment(String name) {
    return SEGMENT.matcher(name).matches();
  }

  static boolean isPool(String name) {
    return POOL.matcher(name).matches();
  }

  /**
   * The starts of the segments among {@code names}, ascending; a negative one is a foreign name.
   */
  static List<Long> segmentStarts(Collection<String> names) {
    return names.stream()
        .filter(SegmentNames::isSegment)
        .map(SegmentNames::start)
        .sorted()
        .toList();
  }

  private static long start(String name) {
    Matcher matcher = SEGMENT.matcher(name);
    if (!matcher.matches()) {
      return -1;
    }
    try {
      long start = Long.parseLong(matcher.group(1));
      return segment(start).equals(name) ? start : -1;
    } catch (NumberFormatException beyond) {
      return -1;
    }
  }
}
