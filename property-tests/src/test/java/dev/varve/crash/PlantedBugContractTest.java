package dev.varve.crash;

import dev.varve.StorageException;
import dev.varve.io.LocalIo;
import dev.varve.kit.RecordLogContract;
import dev.varve.kit.RecordLogFactory;
import dev.varve.kit.RecordLogTraits;
import dev.varve.kit.RecordLogUnderTest;
import dev.varve.support.TestLogs;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, which asks for nothing after a crash, finds none of the planted bugs. */
@ParameterizedClass
@EnumSource
final class PlantedBugContractTest extends RecordLogContract {
  private final PlantedBug bug;

  PlantedBugContractTest(PlantedBug bug) {
    this.bug = bug;
  }

  @Override
  protected RecordLogFactory factory() {
    return new RecordLogFactory() {
      @Override
      public RecordLogUnderTest open(Path folder) {
        return bug.open(folder, LocalIo.best());
      }

      @Override
      public RecordLogTraits traits() {
        return new RecordLogTraits(
            TestLogs.TINY_LIMIT, TestLogs.TINY_BLOCK, true, StorageException.Dropped.class);
      }
    };
  }
}
