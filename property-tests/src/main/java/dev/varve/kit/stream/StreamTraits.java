package dev.varve.kit.stream;

/**
 * What the drivers of a medium can do, where that may differ.
 *
 * @param drivers how many drivers of one stream there can be
 * @param tellsEvents whether the medium can tell positions inside of an event from the positions of
 *     events; beyond the end every one can
 * @param appendsWithoutGarbage whether appending allocates nothing per event, on the caller's
 *     thread and beyond what is stored there
 * @param readsWithoutGarbage whether reading allocates nothing per event on the caller's thread
 * @param manyAppends how many appends the longest test makes
 */
public record StreamTraits(
    Drivers drivers,
    boolean tellsEvents,
    boolean appendsWithoutGarbage,
    boolean readsWithoutGarbage,
    int manyAppends) {

  /** How many drivers of one stream there can be. */
  public enum Drivers {
    /** One, and the stream is gone with it. */
    ONE,
    /** One after the other. */
    SUCCESSIVE,
    /** Many at once. */
    SIMULTANEOUS
  }

  private static final int USUAL_APPENDS = 2_000;

  /** Refuses fewer than one append. */
  public StreamTraits {
    if (manyAppends < 1) {
      throw new IllegalArgumentException("manyAppends must be positive, is " + manyAppends);
    }
  }

  /** Claims as much as most drivers can: everything but to be free of garbage. */
  public static StreamTraits of(Drivers drivers) {
    return new StreamTraits(drivers, true, false, false, USUAL_APPENDS);
  }

  /** Of thousands of questions to a medium one in so many is asked, where each is dear. */
  public int stride() {
    return Math.max(1, USUAL_APPENDS / manyAppends);
  }

  /** For media that find an event wherever they are pointed to. */
  public StreamTraits tellingNoEvents() {
    return new StreamTraits(
        drivers, false, appendsWithoutGarbage, readsWithoutGarbage, manyAppends);
  }

  /** Claims that appending allocates nothing per event. */
  public StreamTraits appendingWithoutGarbage() {
    return new StreamTraits(drivers, tellsEvents, true, readsWithoutGarbage, manyAppends);
  }

  /** Claims that reading allocates nothing per event. */
  public StreamTraits readingWithoutGarbage() {
    return new StreamTraits(drivers, tellsEvents, appendsWithoutGarbage, true, manyAppends);
  }

  /** For media on which an append is cheaper or dearer than on most. */
  public StreamTraits withManyAppends(int count) {
    return new StreamTraits(
        drivers, tellsEvents, appendsWithoutGarbage, readsWithoutGarbage, count);
  }
}
