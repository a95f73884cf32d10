package dev.varve.kit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import dev.varve.kit.Background;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every order is tried, once, and one that fails can be had again. */
class InterleavingTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final Pattern REPLAY = Pattern.compile("Interleaving.replay\\(\"([0-9 ]+)\"\\)");

  static Scenario scenario(Background.Body check, Actor... actors) {
    return new Scenario() {
      @Override
      public List<Actor> actors() {
        return List.of(actors);
      }

      @Override
      public void check() throws Exception {
        check.run();
      }
    };
  }

  /** Each of some actors leaves so many letters; the words they make are collected. */
  private static Function<World, Scenario> writing(int letters, int actors, List<String> words) {
    return world -> {
      StringBuilder word = new StringBuilder();
      List<Actor> writers = new ArrayList<>();
      for (int i = 0; i < actors; i++) {
        char letter = (char) ('a' + i);
        writers.add(
            new Actor(
                "writer " + letter,
                () -> {
                  for (int times = 0; times < letters; times++) {
                    if (times > 0) {
                      world.pause("write");
                    }
                    word.append(letter);
                  }
                }));
      }
      return scenario(() -> words.add(word.toString()), writers.toArray(Actor[]::new));
    };
  }

  @Test
  void everyOrderIsTriedOnce() {
    List<String> words = new ArrayList<>();
    assertEquals(70, Interleaving.exhaustive(UNBOUNDED).run(writing(4, 2, words)));
    assertEquals(70, new HashSet<>(words).size());
    words.clear();
    assertEquals(90, Interleaving.exhaustive(UNBOUNDED).run(writing(2, 3, words)));
    assertEquals(90, new HashSet<>(words).size());
  }

  @Test
  void theBoundIsOnPreemptions() {
    List<String> words = new ArrayList<>();
    Interleaving.exhaustive(0).run(writing(3, 2, words));
    assertEquals(List.of("aaabbb", "bbbaaa"), words);
    words.clear();
    Interleaving.exhaustive(1).run(writing(3, 2, words));
    Set<String> expected = Set.of("aaabbb", "aabbba", "abbbaa", "bbbaaa", "bbaaab", "baaabb");
    assertEquals(expected, new HashSet<>(words));
    assertEquals(expected.size(), words.size());
  }

  @Test
  void aSeedGivesTheSameSchedulesAgain() {
    List<String> words = new ArrayList<>();
    assertEquals(30, Interleaving.random(4, 30).run(writing(5, 3, words)));
    List<String> again = new ArrayList<>();
    Interleaving.random(4, 30).run(writing(5, 3, again));
    assertEquals(words, again);
    assertTrue(new HashSet<>(words).size() > 25, words::toString);
  }

  /** Reads the length and appends there, without asking whether it is still the same. */
  private static Scenario lostUpdate(World world) throws ContainerException {
    TinyContainer blobs = new TinyContainer(100);
    BlobContainer container = world.container(blobs);
    blobs.create("a", Map.of(), TIMEOUT);
    Background.Body body =
        () -> {
          long length = container.properties("a", TIMEOUT).length();
          container.append("a", length, ByteBuffer.wrap("x".getBytes(UTF_8)), TIMEOUT);
        };
    return scenario(
        () -> assertEquals("xx", blobs.text("a")), new Actor("one", body), new Actor("two", body));
  }

  private static Scenario lostUpdateUnchecked(World world) {
    try {
      return lostUpdate(world);
    } catch (ContainerException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anErrorThatNeedsAPreemptionIsFoundWithOne() {
    Interleaving.exhaustive(0).run(InterleavingTest::lostUpdateUnchecked);
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Interleaving.exhaustive(1).run(InterleavingTest::lostUpdateUnchecked));
    assertTrue(error.getCause() instanceof ContainerException, error::toString);
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("APPEND a 1 bytes at 0 -> WRONG_POSITION"), message);
  }

  @Test
  void aFailureIsReplayedByWhatItPrints() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> Interleaving.random(1, 1_000).run(InterleavingTest::lostUpdateUnchecked));
    Matcher printed = REPLAY.matcher(String.valueOf(error.getMessage()));
    assertTrue(printed.find(), error::toString);
    AssertionError again =
        assertThrows(
            AssertionError.class,
            () -> Interleaving.replay(printed.group(1)).run(InterleavingTest::lostUpdateUnchecked));
    assertEquals(steps(error), steps(again));
  }

  private static List<String> steps(AssertionError error) {
    return String.valueOf(error.getMessage()).lines().skip(1).toList();
  }

  @Test
  void ofManyWhoCreateOneSucceedsInEveryOrder() {
    int schedules =
        Interleaving.exhaustive(UNBOUNDED)
            .run(
                world -> {
                  List<String> created = new ArrayList<>();
                  BlobContainer container = world.container(new TinyContainer(1));
                  Actor[] actors = new Actor[3];
                  for (int i = 0; i < 3; i++) {
                    String name = "actor " + i;
                    actors[i] = new Actor(name, () -> create(container, name, created));
                  }
                  return scenario(() -> assertEquals(1, created.size()), actors);
                });
    assertEquals(90, schedules);
  }

  private static void create(BlobContainer container, String name, List<String> created)
      throws ContainerException {
    try {
      container.create("a", Map.of(), TIMEOUT);
      created.add(name);
    } catch (ContainerException e) {
      assertEquals(Reason.ALREADY_EXISTS, e.reason());
    }
  }

  @Test
  void faultsAndSchedulesComposeSoThatABlindRetryIsSeenToApplyTwice() {
    Set<String> texts = new HashSet<>();
    Interleaving.exhaustive(2)
        .run(
            world -> {
              TinyContainer blobs = new TinyContainer(10);
              FaultyContainer faulty =
                  new FaultyContainer(
                      blobs, FaultScript.nth(Request.Kind.APPEND, 0, new Fault.Delayed(1)));
              BlobContainer container = world.container(faulty);
              Actor one = new Actor("one", () -> appendUntilHeard(container, "1"));
              Actor two = new Actor("two", () -> appendUntilHeard(container, "2"));
              return scenario(
                  () -> {
                    faulty.settle();
                    texts.add(blobs.text("a"));
                  },
                  one,
                  two);
            });
    assertTrue(texts.containsAll(Set.of("112", "221", "12", "21")), texts::toString);
  }

  /** Without proof of ownership, so that it may write twice or not know that it has written. */
  private static void appendUntilHeard(BlobContainer container, String text)
      throws ContainerException {
    create(container, text, new ArrayList<>());
    for (int attempt = 0; attempt < 3; attempt++) {
      long length = container.properties("a", TIMEOUT).length();
      try {
        container.append("a", length, ByteBuffer.wrap(text.getBytes(UTF_8)), TIMEOUT);
        return;
      } catch (ContainerException e) {
        assertTrue(
            e.reason() == Reason.NO_ANSWER || e.reason() == Reason.WRONG_POSITION, e::toString);
      }
    }
  }
}
