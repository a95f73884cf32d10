package dev.varve.kit.container;

import static dev.varve.kit.container.ContainerFixture.TIMEOUT;
import static dev.varve.kit.container.ContainerFixture.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.varve.chain.BlobProperties;
import dev.varve.chain.ContainerException.Reason;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names and values kept with a blob. */
interface MetadataContract extends ContainerPart {

  @Test
  default void metadataComesBackAsItWasGiven() throws Exception {
    String printable =
        IntStream.rangeClosed(' ', '~')
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", "x", "x"));
    Map<String, String> metadata =
        Map.of("start", "0", "firstkey", "4294967295", "a1", printable, "z", "a  b");
    fixture().container().create("a", metadata, TIMEOUT);
    assertEquals(metadata, fixture().properties("a").metadata());
    fixture().create("b");
    fixture().container().setMetadata("b", metadata, TIMEOUT);
    assertEquals(metadata, fixture().properties("b").metadata());
  }

  @Test
  default void settingMetadataReplacesAllOfIt() throws Exception {
    fixture().container().create("a", Map.of("start", "0", "markers", "1"), TIMEOUT);
    fixture().container().setMetadata("a", Map.of("start", "8", "firstkey", "3"), TIMEOUT);
    assertEquals(Map.of("start", "8", "firstkey", "3"), fixture().properties("a").metadata());
    fixture().container().setMetadata("a", Map.of(), TIMEOUT);
    assertEquals(Map.of(), fixture().properties("a").metadata());
  }

  @Test
  default void metadataAndContentLeaveEachOtherAlone() throws Exception {
    byte[] content = fixture().createWith("a", 8);
    fixture().container().setMetadata("a", Map.of("firstkey", "3"), TIMEOUT);
    fixture().assertHolds("a", content);
    assertEquals(2, fixture().append("a", 8, fixture().bytes(8)));
    assertEquals(new BlobProperties(16, 2, Map.of("firstkey", "3")), fixture().properties("a"));
  }

  @Test
  default void settingMetadataOfNothingIsRefused() {
    assertRefused(
        Reason.NOT_FOUND,
        404,
        "BlobNotFound",
        () -> fixture().container().setMetadata("a", Map.of("start", "0"), TIMEOUT));
  }
}
