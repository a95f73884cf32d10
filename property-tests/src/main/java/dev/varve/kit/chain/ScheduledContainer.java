package dev.varve.kit.chain;

import dev.varve.chain.BlobContainer;
import dev.varve.chain.ContainerException;

/** A container at whose requests actors take turns. A request itself is not interrupted. */
final class ScheduledContainer extends InterceptedContainer {
  private final Turns turns;

  ScheduledContainer(BlobContainer inner, Turns turns) {
    super(inner);
    this.turns = turns;
  }

  @Override
  <T> T pass(Request<T> request) throws ContainerException {
    turns.pause(request.toString());
    try {
      T answer = request.send();
      turns.note(String.valueOf(answer));
      return answer;
    } catch (ContainerException e) {
      turns.note(e.reason().toString());
      throw e;
    }
  }
}
