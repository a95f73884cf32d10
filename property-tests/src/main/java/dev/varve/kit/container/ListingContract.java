package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.ContainerException;
import dev.varve.chain.ListedBlob;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Listing blobs. */
interface ListingContract extends ContainerPart {

  @Test
  default void anEmptyContainerListsNothing() throws Exception {
    assertEquals(List.of(), list(""));
    assertEquals(List.of(), list("events."));
  }

  @Test
  default void aListingHasLengthsAndMetadataInTheOrderOfNames() throws Exception {
    fixture().createWith("events.00010", 8, 8);
    fixture().container().create("events.00009", Map.of("start", "0"), TIMEOUT);
    fixture().create("events.00002");
    assertEquals(
        List.of(
            new ListedBlob("events.00002", 0, Map.of()),
            new ListedBlob("events.00009", 0, Map.of("start", "0")),
            new ListedBlob("events.00010", 16, Map.of())),
        list("events."));
  }

  @Test
  default void onlyNamesThatBeginSoAreListed() throws Exception {
    for (String name : List.of("event", "events", "events.00001", "events/00001", "a.events.1")) {
      fixture().create(name);
    }
    assertEquals(List.of("events.00001"), names("events."));
    assertEquals(List.of("events", "events.00001", "events/00001"), names("events"));
    assertEquals(5, list("").size());
    assertEquals(List.of(), list("events.2"));
    assertEquals(List.of(), list("Events"));
  }

  @Test
  default void aListingFollowsWhatWasWritten() throws Exception {
    fixture().createWith("a", 8);
    fixture().container().setMetadata("a", Map.of("firstkey", "3"), TIMEOUT);
    assertEquals(List.of(new ListedBlob("a", 8, Map.of("firstkey", "3"))), list("a"));
    fixture().append("a", 8, fixture().bytes(4));
    assertEquals(List.of(new ListedBlob("a", 12, Map.of("firstkey", "3"))), list("a"));
  }

  private List<ListedBlob> list(String prefix) throws ContainerException {
    return fixture().container().list(prefix, TIMEOUT);
  }

  private List<String> names(String prefix) throws ContainerException {
    return list(prefix).stream().map(ListedBlob::name).toList();
  }
}
