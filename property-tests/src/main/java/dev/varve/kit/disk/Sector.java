package dev.varve.kit.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one sector of a file may hold when the power comes back: the durable content first, then
 * every content that it had since, oldest first. The last is what the page cache holds. Immutable.
 *
 * <p>A sector is <em>lost</em> when a sync of it has failed: the page cache still shows the newest
 * content and calls it clean, so that no later sync writes it until it is written again.
 */
final class Sector {
  private static final int TORN_WAYS = 8;

  private final Content[] contents;
  private final boolean lost;

  private Sector(boolean lost, Content... contents) {
    this.contents = contents;
    this.lost = lost;
  }

  /** A sector whose content is durable. */
  static Sector durable(Content content) {
    return new Sector(false, content);
  }

  Content newest() {
    return contents[contents.length - 1];
  }

  /** The sector after a store to it. */
  Sector with(Content content) {
    if (!lost && newest().sameAs(content)) {
      return this;
    }
    Content[] more = Arrays.copyOf(contents, contents.length + 1);
    more[contents.length] = content;
    return new Sector(false, more);
  }

  /** The sector after a sync that succeeded. */
  Sector synced() {
    return lost || contents.length == 1 ? this : durable(newest());
  }

  /** The sector after a sync that failed. */
  Sector failed() {
    return lost || contents.length == 1 ? this : new Sector(true, contents);
  }

  /** The contents that it may have after a loss of power, each once, the newest last. */
  List<Content> candidates() {
    if (contents.length == 1) {
      return List.of(contents);
    }
    List<Content> distinct = new ArrayList<>(contents.length);
    for (int i = contents.length - 1; i >= 0; i--) {
      Content candidate = contents[i];
      if (distinct.stream().noneMatch(candidate::sameAs)) {
        distinct.add(candidate);
      }
    }
    return distinct.reversed();
  }

  /** How many torn contents {@link #torn} can make of this many candidates. */
  static int tornContents(int candidates) {
    return candidates < 2 ? 0 : candidates * TORN_WAYS;
  }

  /**
   * A write that was interrupted: bytes of an older content and of a newer one, mixed.
   *
   * @param choice from 0 to less than {@link #tornContents}
   */
  static Content torn(List<Content> candidates, int choice) {
    int pair = choice / TORN_WAYS;
    boolean neighbours = pair + 1 < candidates.size();
    byte[] older = candidates.get(neighbours ? pair : 0).bytes();
    byte[] newer = candidates.get(neighbours ? pair + 1 : candidates.size() - 1).bytes();
    byte[] mixed = older.clone();
    int way = choice % TORN_WAYS;
    for (int i = 0; i < mixed.length; i++) {
      if (takesNewer(way, i, mixed.length)) {
        mixed[i] = newer[i];
      }
    }
    return Content.of(mixed);
  }

  /** The front, the back, or bytes here and there. */
  private static boolean takesNewer(int way, int index, int length) {
    return switch (way) {
      case 0, 1, 2 -> index < length * (way + 1) / 4;
      case 3, 4, 5 -> index >= length * (way - 2) / 4;
      default -> (Hashes.join(way, index) & 1) == 0;
    };
  }
}
