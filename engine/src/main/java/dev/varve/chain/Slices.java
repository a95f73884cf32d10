package dev.varve.chain;

import dev.varve.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Fetches ranges of the chain, as slices of bounded size that never reach over the end of a link. A
 * range of at most one slice is fetched by the caller's thread, a larger one in parallel. A
 * compacted copy is taken where there is one that has the bytes.
 */
final class Slices {
  /**
   * What of a range was fetched.
   *
   * @param bytes that are there, without a gap, from its start on
   * @param failure why there are no more
   */
  record Fetched(int bytes, @Nullable StorageException failure) {}

  private record Slice(int link, long offset, int at, int length) {}

  private final Requests requests;
  private final CompactedCopies copies;
  private final Parallel parallel;
  private final int sliceBytes;

  Slices(Requests requests, CompactedCopies copies, Parallel parallel, int sliceBytes) {
    this.requests = requests;
    this.copies = copies;
    this.parallel = parallel;
    this.sliceBytes = sliceBytes;
  }

  /** Fetches a range below the end that is known. */
  Fetched fetch(ChainState state, long position, byte[] target, int length, Deadline deadline) {
    return fetch(state, position, target, length, sliceBytes, deadline);
  }

  /** Fetches a range of a link with one request, by the caller's thread, however long it is. */
  Fetched fetchWhole(ChainState state, long position, byte[] target, Deadline deadline) {
    return fetch(state, position, target, target.length, target.length, deadline);
  }

  private Fetched fetch(
      ChainState state, long position, byte[] target, int length, int most, Deadline deadline) {
    if (state.links().find(position) < state.last()) {
      copies.lookUp(state, deadline);
    }
    Fetch fetch = new Fetch(state, slices(state, position, length, most), target, deadline);
    if (length <= most) {
      fetch.oneByOne();
    } else {
      parallel.run(fetch.slices.size(), fetch::slice);
    }
    return fetch.inOrder();
  }

  private static List<Slice> slices(ChainState state, long position, int length, int most) {
    List<Slice> slices = new ArrayList<>();
    int link = state.links().find(position);
    for (int at = 0; at < length; link++) {
      long start = state.links().start(link);
      int limit = (int) Math.min(length, state.endOf(link) - position);
      while (at < limit) {
        int bytes = Math.min(most, limit - at);
        slices.add(new Slice(link, position + at - start, at, bytes));
        at += bytes;
      }
    }
    return slices;
  }

  /** The slices of one range, and what became of each. */
  private final class Fetch {
    private final ChainState state;
    private final List<Slice> slices;
    private final byte[] target;
    private final Deadline deadline;
    private final int[] bytes;
    private final AtomicReferenceArray<@Nullable StorageException> failures;

    Fetch(ChainState state, List<Slice> slices, byte[] target, Deadline deadline) {
      this.state = state;
      this.slices = slices;
      this.target = target;
      this.deadline = deadline;
      bytes = new int[slices.size()];
      failures = new AtomicReferenceArray<>(slices.size());
    }

    void oneByOne() {
      for (int i = 0; i < bytes.length && (i == 0 || failures.get(i - 1) == null); i++) {
        slice(i);
      }
    }

    void slice(int index) {
      Slice slice = slices.get(index);
      try {
        bytes[index] = anyCopy(slice);
        if (bytes[index] < slice.length()) {
          failures.set(index, tooShort(slice, bytes[index]));
        }
      } catch (StorageException failure) {
        failures.set(index, failure);
      }
    }

    private StorageException tooShort(Slice slice, int there) {
      long start = state.links().start(slice.link());
      long expected = slice.offset() + slice.length();
      return ChainFaults.shorter(slice.link(), start, slice.offset() + there, expected);
    }

    private int anyCopy(Slice slice) {
      if (copies.has(slice.link())) {
        if (read(LinkNames.copy(slice.link()), slice) == slice.length()) {
          return slice.length();
        }
        copies.forget(slice.link());
      }
      int there = read(LinkNames.link(slice.link()), slice);
      if (there < 0) {
        throw ChainFaults.missing(slice.link(), state.links().start(slice.link()));
      }
      return there;
    }

    /** Bytes that are there, -1 without the blob. */
    private int read(String name, Slice slice) {
      try {
        return requests.read(name, slice.offset(), target, slice.at(), slice.length(), deadline);
      } catch (ContainerException gone) {
        return -1;
      }
    }

    Fetched inOrder() {
      int sum = 0;
      for (int i = 0; i < bytes.length; i++) {
        sum += bytes[i];
        if (failures.get(i) != null) {
          return new Fetched(sum, failures.get(i));
        }
      }
      return new Fetched(sum, null);
    }
  }
}
