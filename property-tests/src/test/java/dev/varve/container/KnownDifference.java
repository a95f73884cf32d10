package dev.varve.container;

import dev.varve.container.Request.Create;
import dev.varve.container.Request.Read;
import java.util.Arrays;
import java.util.Optional;

/** Where the container in memory is right for Azure Storage, and Azurite 3.35.0 is not. */
enum KnownDifference {
  /**
   * A read that starts at the blob's end: Azure Storage refuses it with 416, Azurite gives an empty
   * range (its issue 318). The SDK's container tells both as {@code RANGE}.
   */
  READ_AT_THE_END(false) {
    @Override
    boolean covers(Request request, String expected, String found) {
      return request instanceof Read
          && expected.equals("RANGE 416 InvalidRange")
          && found.equals("RANGE 206 ");
    }
  },

  /**
   * Creating an append blob, if absent, where blocks wait to be committed: for Azure Storage there
   * is no blob until they are, which is why a commit can ask for absence at all. Azurite sees that
   * for a commit, but not for a creation.
   */
  CREATE_OVER_STAGED_BLOCKS(true) {
    @Override
    boolean covers(Request request, String expected, String found) {
      return request instanceof Create
          && expected.equals("created")
          && found.equals("ALREADY_EXISTS 409 BlobAlreadyExists");
    }
  };

  private final boolean parting;

  KnownDifference(boolean parting) {
    this.parting = parting;
  }

  /** Whether the two hold different blobs from here on, so that there is no more to compare. */
  boolean parting() {
    return parting;
  }

  abstract boolean covers(Request request, String expected, String found);

  /** The reason why the answers differ, where it is known. */
  static Optional<KnownDifference> between(Request request, String expected, String found) {
    return Arrays.stream(values())
        .filter(known -> known.covers(request, expected, found))
        .findFirst();
  }
}
