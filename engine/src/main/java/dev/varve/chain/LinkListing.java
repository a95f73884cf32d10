package dev.varve.chain;

import dev.varve.StorageException.Corrupt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds links by listing them. A listing is no snapshot: links and bytes that came meanwhile may be
 * in it or not. So where a link begins is taken from its own metadata; for links of another writer,
 * which do not tell, lengths of their predecessors are asked for once more, which are final then.
 */
final class LinkListing {
  private final Requests requests;
  private final Parallel parallel;

  LinkListing(Requests requests, Parallel parallel) {
    this.requests = requests;
    this.parallel = parallel;
  }

  /** Lists the links and returns the chain with those that were not known. */
  ChainState extend(ChainState known, LinkKeys keys, Deadline deadline) {
    NavigableMap<Integer, ListedBlob> listed = listed(deadline);
    if (listed.isEmpty() || listed.lastKey() <= known.last()) {
      return known;
    }
    int first = known.last() + 1;
    List<LinkMetadata> links = metadata(first, listed, keys, deadline);
    Map<Integer, Long> lengths = untold(first, links, deadline);
    long[] starts = new long[links.size()];
    long previous = first == 1 ? 0 : known.links().start(first - 1);
    for (int i = 0; i < starts.length; i++) {
      starts[i] = startBehind(previous, first + i, links.get(i), lengths);
      checkLength(previous, first + i, listed.get(first + i - 1), starts[i]);
      previous = starts[i];
    }
    return known.plus(links.getFirst().markers(), starts);
  }

  private NavigableMap<Integer, ListedBlob> listed(Deadline deadline) {
    NavigableMap<Integer, ListedBlob> links = new TreeMap<>();
    for (ListedBlob blob : requests.list(LinkNames.LINKS, deadline)) {
      OptionalInt number = LinkNames.number(LinkNames.LINKS, blob.name());
      if (number.isPresent()) {
        links.put(number.getAsInt(), blob);
      }
    }
    return links;
  }

  /** Of each link from {@code first} on. One that the listing has passed over is asked for. */
  private List<LinkMetadata> metadata(
      int first, NavigableMap<Integer, ListedBlob> listed, LinkKeys keys, Deadline deadline) {
    List<LinkMetadata> links = new ArrayList<>();
    for (int number = first; number <= listed.lastKey(); number++) {
      ListedBlob blob = listed.get(number);
      String name = LinkNames.link(number);
      Map<String, String> told =
          blob == null ? properties(number, deadline).metadata() : blob.metadata();
      LinkMetadata link = LinkMetadata.of(name, told);
      keys.learn(number, link);
      links.add(link);
    }
    return links;
  }

  /** Final lengths of the links whose successors do not tell where they begin. */
  private Map<Integer, Long> untold(int first, List<LinkMetadata> links, Deadline deadline) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      if (links.get(i).start() < 0 && first + i > 1) {
        numbers.add(first + i - 1);
      }
    }
    long[] found = new long[numbers.size()];
    parallel.run(found.length, i -> found[i] = properties(numbers.get(i), deadline).length());
    Map<Integer, Long> lengths = new HashMap<>();
    for (int i = 0; i < found.length; i++) {
      lengths.put(numbers.get(i), found[i]);
    }
    return lengths;
  }

  private BlobProperties properties(int number, Deadline deadline) {
    String name = LinkNames.link(number);
    return requests
        .properties(name, deadline)
        .orElseThrow(() -> Corrupt.inBlob(name, 0, -1, "the link", "none, but later ones"));
  }

  private static long startBehind(
      long previous, int number, LinkMetadata link, Map<Integer, Long> lengths) {
    if (number == 1) {
      ChainFaults.checkStart(1, 0, Math.max(0, link.start()));
      return 0;
    }
    long start = link.start() < 0 ? previous + lengths.getOrDefault(number - 1, 0L) : link.start();
    if (start <= previous) {
      throw ChainFaults.start(number, previous + 1, start);
    }
    return start;
  }

  /** A link ends where its successor begins; the listing may show less, never more. */
  private static void checkLength(
      long previous, int number, @Nullable ListedBlob predecessor, long start) {
    if (predecessor != null && previous + predecessor.length() > start) {
      throw ChainFaults.start(number, previous + predecessor.length(), start);
    }
  }
}
