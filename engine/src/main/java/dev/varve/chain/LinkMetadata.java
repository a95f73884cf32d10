package dev.varve.chain;

import dev.varve.StorageException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a link's metadata says, and its only home.
 *
 * @param start position of the link's first byte, -1 where it is not told
 * @param markers whether blocks begin with a marker; told by link 1 for the whole chain
 * @param firstKey key of the link's first event, 0 where it is not told
 * @param maxKey largest key of a full link, 0 where it is not told
 */
record LinkMetadata(long start, boolean markers, long firstKey, long maxKey) {
  static final String START = "start";
  static final String MARKERS = "markers";
  static final String FIRST_KEY = "firstkey";
  static final String MAX_KEY = "maxkey";
  private static final String ON = "1";
  private static final long MAX_UNSIGNED_INT = 0xFFFF_FFFFL;

  /**
   * Reads it.
   *
   * @throws StorageException.UnsupportedFormat where it is written in a way that this version does
   *     not know; keys that make no sense are taken as not told
   */
  static LinkMetadata of(String blob, Map<String, String> metadata) {
    String markers = metadata.get(MARKERS);
    if (markers != null && !markers.equals(ON)) {
      throw unsupported(blob, MARKERS, markers, ON);
    }
    String start = metadata.get(START);
    long parsed = number(start);
    if (start != null && parsed < 0) {
      throw unsupported(blob, START, start, "a position");
    }
    return new LinkMetadata(
        parsed, markers != null, key(metadata.get(FIRST_KEY)), key(metadata.get(MAX_KEY)));
  }

  /** What a link is created with. */
  static Map<String, String> created(long start, boolean markers) {
    String position = Long.toString(start);
    return markers ? Map.of(START, position, MARKERS, ON) : Map.of(START, position);
  }

  /** The same metadata with one more entry, or another value for one. */
  static Map<String, String> merged(Map<String, String> metadata, String name, long value) {
    Map<String, String> merged = new HashMap<>(metadata);
    merged.put(name, Long.toString(value));
    return merged;
  }

  private static long key(@Nullable String value) {
    long key = number(value);
    return key > MAX_UNSIGNED_INT ? 0 : Math.max(0, key);
  }

  private static long number(@Nullable String value) {
    try {
      return value == null ? -1 : Math.max(-1, Long.parseLong(value));
    } catch (NumberFormatException other) {
      return -1;
    }
  }

  private static StorageException unsupported(
      String blob, String name, String found, String supported) {
    return new StorageException.UnsupportedFormat(
        blob, "metadata %s=%s".formatted(name, found), name + "=" + supported);
  }
}
