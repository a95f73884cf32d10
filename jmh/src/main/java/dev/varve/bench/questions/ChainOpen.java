package dev.varve.bench.questions;

import dev.varve.bench.systems.Kind;
import dev.varve.chain.BlobChainDriver;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.chain.ListedBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How long does it take to open a chain of 1 to 10,000 links, until its end is known?
 *
 * <p>Hypothesis: the links are listed once and none but the last is asked for, so it is linear in
 * the listing and takes a few times what the listing takes. Control: {@code limit} lists the links
 * and asks for the properties of the last, which is full, and so for the one behind it. Falsified
 * by a distance from the limit that grows faster than the links, or by more requests than the
 * limit's. The container is memory: a real service takes a request for every 5,000 links, which is
 * what would show there.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChainOpen extends LogQuestion {
  private static final String OURS = "varve";
  private static final String LIMIT = "limit";

  @Param({OURS, LIMIT})
  public String system;

  @Param({"1", "100", "10000"})
  public int links;

  private LinkedChain chain;

  static Question question() {
    List<Contestant> both =
        List.of(
            new Contestant(OURS, Kind.OURS, false, Chains.NOTE),
            new Contestant(LIMIT, Kind.LIMIT, false, "the bare requests"));
    List<Case> cases = new ArrayList<>();
    for (String links : List.of("1", "100", "10000")) {
      cases.add(Case.of("open", Map.of("links", links), both).shaped(Shape.BRIEF));
    }
    return new Question(
        "chain-open",
        "How long does it take to open a chain of 1 to 10,000 links?",
        ChainOpen.class,
        cases);
  }

  /** Makes the chain, and counts the requests of both. */
  @Setup
  public void load() throws ContainerException {
    chain = LinkedChain.of(links);
    long before = chain.container().requests();
    list();
    long limit = chain.container().requests() - before;
    openAndClose();
    long ours = chain.container().requests() - before - limit;
    if (ours > limit) {
      throw new IllegalStateException(
          "wrong answer: %d requests where %d do".formatted(ours, limit));
    }
  }

  /** Opens the chain and asks for its end. */
  @Benchmark
  public void open() throws ContainerException {
    if (system.equals(OURS)) {
      openAndClose();
    } else {
      list();
    }
  }

  private void openAndClose() {
    try (BlobChainDriver driver = Chains.open(chain.container())) {
      requireEnd(driver.end());
    }
  }

  private void list() throws ContainerException {
    List<ListedBlob> listed = chain.container().list("events.", Chains.TIMEOUT);
    String last = listed.getLast().name();
    long bytes = chain.container().properties(last, Chains.TIMEOUT).length();
    requireLast(links);
    requireEnd(chain.end() / links * (listed.size() - 1) + bytes);
  }

  private void requireLast(int link) throws ContainerException {
    try {
      chain.container().properties(LinkedChain.name(link + 1), Chains.TIMEOUT);
    } catch (ContainerException none) {
      if (none.reason() == Reason.NOT_FOUND) {
        return;
      }
      throw none;
    }
    throw new IllegalStateException("wrong answer: there is a link behind the last");
  }

  private void requireEnd(long end) {
    if (end != chain.end()) {
      throw new IllegalStateException(
          "wrong answer: the end is %d, not %d".formatted(end, chain.end()));
    }
  }
}
