package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.TIMEOUT;
import static dev.varve.kit.container.ContainerFixture.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException;
import dev.varve.chain.ContainerException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block blobs, made of staged blocks. */
interface BlockContract extends ContainerPart {

  @Test
  default void stagedBlocksShowOnlyWhenTheyAreCommitted() throws Exception {
    fixture().stage("a", "one", fixture().bytes(8));
    assertRefused(Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().properties("a"));
    assertRefused(Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().read("a", 0, 8));
    assertEquals(List.of(), fixture().container().list("", TIMEOUT));
    commit("a", "one");
    assertEquals(8, fixture().properties("a").length());
  }

  @Test
  default void theBlobIsItsBlocksInTheOrderOfTheList() throws Exception {
    byte[] first = fixture().bytes(5);
    byte[] second = fixture().bytes(9);
    fixture().stage("a", "block 2", second);
    fixture().stage("a", "block 1", first);
    fixture().stage("a", "block 3", fixture().bytes(3));
    fixture()
        .container()
        .commitBlocks("a", List.of("block 1", "block 2"), Map.of("start", "0"), TIMEOUT);
    assertEquals(new BlobProperties(14, 0, Map.of("start", "0")), fixture().properties("a"));
    assertArrayEquals(
        ByteBuffer.allocate(14).put(first).put(second).array(), fixture().read("a", 0, 20));
  }

  @Test
  default void aBlockThatIsStagedAgainIsReplaced() throws Exception {
    byte[] latest = fixture().bytes(6);
    fixture().stage("a", "one", fixture().bytes(9));
    fixture().stage("a", "one", latest);
    commit("a", "one");
    fixture().assertHolds("a", latest);
  }

  @Test
  default void aBlobOfNoBlocksIsEmpty() throws Exception {
    commit("a");
    assertEquals(new BlobProperties(0, 0, Map.of()), fixture().properties("a"));
  }

  @Test
  default void committingWhatWasNotStagedIsRefused() throws Exception {
    assertRefused(Reason.INVALID_BLOCKS, 400, "InvalidBlockList", () -> commit("a", "one"));
    fixture().stage("a", "one", fixture().bytes(9));
    assertRefused(Reason.INVALID_BLOCKS, 400, "InvalidBlockList", () -> commit("a", "one", "two"));
    assertRefused(Reason.NOT_FOUND, 404, "BlobNotFound", () -> fixture().properties("a"));
  }

  @Test
  default void ofTwoCommitsTheFirstIsKept() throws Exception {
    byte[] kept = fixture().bytes(6);
    fixture().stage("a", "one", kept);
    commit("a", "one");
    fixture().stage("a", "two", fixture().bytes(7));
    assertRefused(Reason.ALREADY_EXISTS, 409, "BlobAlreadyExists", () -> commit("a", "two"));
    fixture().assertHolds("a", kept);
  }

  @Test
  default void creatingWhatWasCommittedIsRefused() throws Exception {
    fixture().stage("a", "one", fixture().bytes(6));
    commit("a", "one");
    assertRefused(Reason.ALREADY_EXISTS, 409, "BlobAlreadyExists", () -> fixture().create("a"));
  }

  @Test
  default void appendingToABlockBlobIsRefused() throws Exception {
    fixture().stage("a", "one", fixture().bytes(6));
    commit("a", "one");
    assertRefused(
        Reason.REFUSED, 409, "InvalidBlobType", () -> fixture().append("a", 6, new byte[4]));
  }

  @Test
  default void theLargestBlockIsTaken() throws Exception {
    byte[] block = fixture().bytes(fixture().container().limits().appendBytes());
    fixture().stage("a", "one", block);
    commit("a", "one");
    fixture().assertHolds("a", block);
  }

  @Test
  default void theLongestIdIsTaken() throws Exception {
    byte[] block = fixture().bytes(6);
    String id = "i".repeat(64);
    fixture().stage("a", id, block);
    commit("a", id);
    fixture().assertHolds("a", block);
  }

  private void commit(String name, String... ids) throws ContainerException {
    fixture().container().commitBlocks(name, List.of(ids), Map.of(), TIMEOUT);
  }
}
