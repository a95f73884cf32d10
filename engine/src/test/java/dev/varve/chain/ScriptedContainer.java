package dev.varve.chain;

import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Passes everything on, except where the script says what becomes of the next requests. */
final class ScriptedContainer implements BlobContainer {
  /** What becomes of a request. */
  enum Step {
    PASS,
    /** It is applied, its answer is lost. */
    ANSWER_LOST,
    /** It is lost. */
    LOST,
    /** It is applied when {@link #deliver} is called, its answer is lost. */
    LATE,
    /** It is applied twice, and the second answer is passed on. */
    TWICE,
    /** Turned away with 503, not applied. */
    BUSY,
    /** Turned away with 403. */
    DENIED
  }

  private interface Send<T> {
    T send() throws ContainerException;
  }

  private interface Late {
    void deliver() throws ContainerException;
  }

  private final BlobContainer target;
  private final Queue<Step> appends = new ArrayDeque<>();
  private final Queue<Step> others = new ArrayDeque<>();
  private final Queue<Late> late = new ArrayDeque<>();
  private Runnable beforeAppend = () -> {};

  ScriptedContainer(BlobContainer target) {
    this.target = target;
  }

  /** What becomes of the next appends. */
  ScriptedContainer appends(Step... steps) {
    appends.addAll(List.of(steps));
    return this;
  }

  /** What becomes of the next requests that are no appends. */
  ScriptedContainer others(Step... steps) {
    others.addAll(List.of(steps));
    return this;
  }

  /** Runs once, before the next append is sent. */
  void beforeAppend(Runnable action) {
    beforeAppend = action;
  }

  /** Delivers what was late; tells whether it was applied. */
  boolean deliver() {
    try {
      late.remove().deliver();
      return true;
    } catch (ContainerException refused) {
      return false;
    }
  }

  private <T> T step(Queue<Step> script, Send<T> request) throws ContainerException {
    Step step = script.isEmpty() ? Step.PASS : script.remove();
    return switch (step) {
      case PASS -> request.send();
      case ANSWER_LOST -> {
        request.send();
        throw failure(Reason.NO_ANSWER, 0);
      }
      case LOST -> throw failure(Reason.NO_ANSWER, 0);
      case LATE -> {
        late.add(request::send);
        throw failure(Reason.NO_ANSWER, 0);
      }
      case TWICE -> {
        request.send();
        yield request.send();
      }
      case BUSY -> throw failure(Reason.BUSY, 503);
      case DENIED -> throw failure(Reason.DENIED, 403);
    };
  }

  private static ContainerException failure(Reason reason, int status) {
    return new ContainerException(reason, status, "", "scripted " + reason, null, null);
  }

  @Override
  public BlobLimits limits() {
    return target.limits();
  }

  @Override
  public void create(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    step(
        others,
        () -> {
          target.create(name, metadata, timeout);
          return true;
        });
  }

  @Override
  public int append(String name, long offset, ByteBuffer data, Duration timeout)
      throws ContainerException {
    Runnable action = beforeAppend;
    beforeAppend = () -> {};
    action.run();
    return step(appends, () -> target.append(name, offset, data, timeout));
  }

  @Override
  public BlobProperties properties(String name, Duration timeout) throws ContainerException {
    return step(others, () -> target.properties(name, timeout));
  }

  @Override
  public int read(String name, long offset, ByteBuffer bytes, Duration timeout)
      throws ContainerException {
    return step(others, () -> target.read(name, offset, bytes.duplicate(), timeout));
  }

  @Override
  public List<ListedBlob> list(String prefix, Duration timeout) throws ContainerException {
    return step(others, () -> target.list(prefix, timeout));
  }

  @Override
  public void setMetadata(String name, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    step(
        others,
        () -> {
          target.setMetadata(name, metadata, timeout);
          return true;
        });
  }

  @Override
  public void stageBlock(String name, String blockId, ByteBuffer data, Duration timeout)
      throws ContainerException {
    step(
        others,
        () -> {
          target.stageBlock(name, blockId, data, timeout);
          return true;
        });
  }

  @Override
  public void commitBlocks(
      String name, List<String> blockIds, Map<String, String> metadata, Duration timeout)
      throws ContainerException {
    step(
        others,
        () -> {
          target.commitBlocks(name, blockIds, metadata, timeout);
          return true;
        });
  }
}
