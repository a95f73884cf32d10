package dev.varve.kit.chain;

import dev.varve.chain.ContainerException;
import java.util.EnumSet;
import java.util.Set;

/**
 * One request to a container. It owns its data, so it can be sent at any time and more than once.
 *
 * @param <T> the answer
 */
public class Request<T> {
  /** What is asked for; as the methods of {@link dev.varve.chain.BlobContainer}. */
  public enum Kind {
    /** {@code create}. */
    CREATE,
    /** {@code append}. */
    APPEND,
    /** {@code properties}. */
    PROPERTIES,
    /** {@code read}. */
    READ,
    /** {@code list}. */
    LIST,
    /** {@code setMetadata}. */
    SET_METADATA,
    /** {@code stageBlock}. */
    STAGE_BLOCK,
    /** {@code commitBlocks}. */
    COMMIT_BLOCKS;

    private static final Set<Kind> ONLY_ASKING = EnumSet.of(PROPERTIES, READ, LIST);

    /** Whether it changes something when it is applied. */
    public boolean writes() {
      return !ONLY_ASKING.contains(this);
    }
  }

  /** Sends it. */
  @FunctionalInterface
  interface Call<T> {
    T send() throws ContainerException;
  }

  private final Kind kind;
  private final String name;
  private final String detail;
  private final Call<T> call;

  Request(Kind kind, String name, String detail, Call<T> call) {
    this.kind = kind;
    this.name = name;
    this.detail = detail;
    this.call = call;
  }

  /** What is asked for. */
  public final Kind kind() {
    return kind;
  }

  /** Name of the blob, or what the names begin with that are to be listed. */
  public final String name() {
    return name;
  }

  final T send() throws ContainerException {
    return call.send();
  }

  /** Sends it, and has the connection cut in the middle of the answer, where that has a middle. */
  void sendAndCut(int bytes) throws ContainerException {
    call.send();
  }

  /** The answer without what is newest in it. */
  T older(T answer) {
    return answer;
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? kind + " " + name : kind + " " + name + " " + detail;
  }
}
