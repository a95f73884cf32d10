package dev.varve.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every future that is handed out completes, whatever happens to the log. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommitterTest {
  @TempDir Path folder;

  /** A thread can be between its append and its future while the log is closed. */
  @Test
  void aFutureThatIsAskedForBehindTheCloseCompletes() throws Exception {
    SegmentLog log = SegmentLog.open(folder, LogOptions.defaults().withDurability(Durability.NONE));
    long position = log.append(new byte[8]);
    Committer committer = committer(log);
    log.close();
    CompletableFuture<Long> future = committer.whenDurable(position);
    assertEquals(position, future.get(5, TimeUnit.SECONDS));
  }

  private static Committer committer(SegmentLog log) throws ReflectiveOperationException {
    Field writer = SegmentLog.class.getDeclaredField("writer");
    writer.setAccessible(true);
    Field committer = Writer.class.getDeclaredField("committer");
    committer.setAccessible(true);
    return (Committer) committer.get(writer.get(log));
  }
}
