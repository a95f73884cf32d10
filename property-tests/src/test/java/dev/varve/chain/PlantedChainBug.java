package dev.varve.chain;

import dev.varve.driver.Append;
import dev.varve.driver.EventBatch;
import dev.varve.driver.StorageDriver;
import dev.varve.support.Planted;
import java.time.Duration;
import java.util.List;

/** Our drivers with one bug each: none shows until writers race, or an answer is lost. */
public enum PlantedChainBug implements Planted {
  /** An append that is refused because its link is full goes to the next one, wherever that is. */
  POSITION_NOT_RECHECKED_AFTER_A_ROLL("P7", "INV-11") {
    @Override
    StorageDriver in(StorageDriver right, BlobContainer container, Runnable copy) {
      return new PlantedDriver(right) {
        @Override
        public Append append(long expectedPosition, EventBatch events) {
          Append answer = super.append(expectedPosition, events);
          return answer instanceof Append.Outdated outdated && lastLinkIsFull(container)
              ? super.append(outdated.end(), events)
              : answer;
        }
      };
    }
  },

  /** An append without an answer is sent again, to where the stream ends by then. */
  BLIND_RETRY_OF_AN_APPEND("P6", "INV-14") {
    @Override
    StorageDriver in(StorageDriver right, BlobContainer container, Runnable copy) {
      return new PlantedDriver(right) {
        @Override
        public Append append(long expectedPosition, EventBatch events) {
          Append answer = super.append(expectedPosition, events);
          return answer instanceof Append.Unknown ? super.append(end(), events) : answer;
        }
      };
    }
  },

  /** The end behind a large batch is shown before its events are there. */
  PUBLISHING_BEFORE_THE_COPY("P9", "INV-2") {
    @Override
    StorageDriver in(StorageDriver right, BlobContainer container, Runnable copy) {
      return new PlantedDriver(right) {
        private volatile long published;

        @Override
        public synchronized Append append(long expectedPosition, EventBatch events) {
          if (events.count() >= LARGE && expectedPosition == super.end()) {
            published = expectedPosition + events.frameBytes();
            copy.run();
          }
          Append answer = super.append(expectedPosition, events);
          published = 0;
          return answer;
        }

        @Override
        public long end() {
          return Math.max(published, super.end());
        }
      };
    }
  };

  /** How many events make a batch large. */
  static final int LARGE = 64;

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final String promise;
  private final String breaks;

  PlantedChainBug(String promise, String breaks) {
    this.promise = promise;
    this.breaks = breaks;
  }

  /**
   * A driver with the bug.
   *
   * @param right one without, of the chain in this container
   * @param copy called when events are about to be copied
   */
  abstract StorageDriver in(StorageDriver right, BlobContainer container, Runnable copy);

  private static boolean lastLinkIsFull(BlobContainer container) {
    try {
      List<ListedBlob> links = container.list(LinkNames.LINKS, TIMEOUT);
      String last = LinkNames.link(links.size());
      return container.properties(last, TIMEOUT).blocks() >= container.limits().blocks();
    } catch (ContainerException noAnswer) {
      return false;
    }
  }

  @Override
  public String promise() {
    return promise;
  }

  @Override
  public String breaks() {
    return breaks;
  }

  @Override
  public Class<?> foundBy() {
    return PlantedChainBugTest.class;
  }
}
