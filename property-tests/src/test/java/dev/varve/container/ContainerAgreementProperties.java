package dev.varve.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.BlobLimits;
import dev.varve.chain.ContainerException;
import dev.varve.chain.InMemoryContainer;
import dev.varve.container.Request.Append;
import dev.varve.container.Request.Commit;
import dev.varve.container.Request.Create;
import dev.varve.container.Request.Listing;
import dev.varve.container.Request.Properties;
import dev.varve.container.Request.Read;
import dev.varve.container.Request.SetMetadata;
import dev.varve.container.Request.Stage;
import dev.varve.support.Azurite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * The container in memory and Azurite give the same answer to each request of any sequence, and the
 * same reason, status and code where they refuse, apart from {@link KnownDifference}s.
 */
@AddLifecycleHook(SkipWithoutAzurite.class)
final class ContainerAgreementProperties {
  private static final String LINK = "events.00001";
  private static final String NEXT_LINK = "events.00002";
  private static final String COPY = "compacted.00001";
  private static final List<String> NAMES = List.of(LINK, NEXT_LINK, COPY);

  @Property(
      seed = "20260103",
      tries = 30,
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void memoryAndAzuriteGiveTheSameAnswers(@ForAll("sequences") List<Request> requests) {
    BlobContainer memory = new InMemoryContainer(BlobLimits.AZURE);
    BlobContainer azurite = Azurite.shared().freshContainer();
    List<Request> all = new ArrayList<>(requests);
    NAMES.forEach(name -> all.add(new Properties(name)));
    NAMES.forEach(name -> all.add(new Read(name, Integer.MIN_VALUE, 1 << 16)));
    all.add(new Listing(""));
    for (Request request : all) {
      long end = end(memory, request.name());
      String expected = answer(memory, request, end);
      String found = answer(azurite, request, end);
      Optional<KnownDifference> known = KnownDifference.between(request, expected, found);
      if (known.isPresent() && known.get().parting()) {
        return;
      }
      if (known.isEmpty()) {
        assertEquals(expected, found, request::toString);
      }
    }
  }

  /** Refusals as text as well. */
  private static String answer(BlobContainer container, Request request, long end) {
    try {
      return request.askOf(container, end);
    } catch (ContainerException refused) {
      return "%s %d %s".formatted(refused.reason(), refused.status(), refused.code());
    }
  }

  private static long end(BlobContainer container, String name) {
    try {
      return container.properties(name, Request.TIMEOUT).length();
    } catch (ContainerException none) {
      return 0;
    }
  }

  /** Most of them begin with a link, because little can be asked of what is not there. */
  @Provide
  Arbitrary<List<Request>> sequences() {
    Arbitrary<List<Request>> first =
        Arbitraries.frequency(
            Tuple.of(4, List.of(new Create(LINK, Map.of("start", "0")))), Tuple.of(1, List.of()));
    Arbitrary<List<Request>> rest = requests().list().ofMinSize(20).ofMaxSize(50);
    return Combinators.combine(first, rest)
        .as((before, after) -> Stream.concat(before.stream(), after.stream()).toList());
  }

  private static Arbitrary<Request> requests() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Combinators.combine(links(), metadata()).as(Create::new)),
        Tuple.of(8, Combinators.combine(links(), distances(), sizes(), fills()).as(Append::new)),
        Tuple.of(1, names().map(Properties::new)),
        Tuple.of(5, Combinators.combine(names(), distances(), sizes()).as(Read::new)),
        Tuple.of(1, Arbitraries.of("", "e", "events.", NEXT_LINK, "x").map(Listing::new)),
        Tuple.of(2, Combinators.combine(names(), metadata()).as(SetMetadata::new)),
        Tuple.of(4, Combinators.combine(copies(), ids(), sizes(), fills()).as(Stage::new)),
        Tuple.of(3, Combinators.combine(copies(), committed(), metadata()).as(Commit::new)));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  /** Mostly of append blobs. */
  private static Arbitrary<String> links() {
    return Arbitraries.frequency(Tuple.of(6, LINK), Tuple.of(3, NEXT_LINK), Tuple.of(1, COPY));
  }

  /** Mostly of a block blob. */
  private static Arbitrary<String> copies() {
    return Arbitraries.frequency(Tuple.of(8, COPY), Tuple.of(1, NEXT_LINK));
  }

  private static Arbitrary<List<String>> committed() {
    return Arbitraries.of("one", "two", "six").list().ofMaxSize(3);
  }

  private static Arbitrary<String> ids() {
    return Arbitraries.frequency(Tuple.of(9, "one"), Tuple.of(9, "two"), Tuple.of(1, "three"));
  }

  private static Arbitrary<Map<String, String>> metadata() {
    return Arbitraries.of("start", "firstkey", "markers")
        .list()
        .uniqueElements()
        .map(keys -> Map.copyOf(values(keys)));
  }

  private static Map<String, String> values(List<String> keys) {
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, key.length() + " of " + keys.size()));
    return values;
  }

  /** Mostly the end itself. */
  private static Arbitrary<Integer> distances() {
    return Arbitraries.frequency(
        Tuple.of(6, 0),
        Tuple.of(1, 1),
        Tuple.of(1, 500),
        Tuple.of(1, -1),
        Tuple.of(2, -7),
        Tuple.of(2, Integer.MIN_VALUE));
  }

  private static Arbitrary<Integer> sizes() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.integers().between(1, 40)),
        Tuple.of(1, Arbitraries.integers().between(1, 20_000)));
  }

  private static Arbitrary<Integer> fills() {
    return Arbitraries.integers().between(0, 255);
  }
}
