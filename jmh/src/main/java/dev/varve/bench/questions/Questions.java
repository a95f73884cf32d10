package dev.varve.bench.questions;

import java.util.List;

/** The catalogue of questions. */
public final class Questions {
  private Questions() {}

  /** All questions, in the order in which they are asked. */
  public static List<Question> all() {
    return List.of(
        VarintBench.question(),
        RecordCheckBench.question(),
        MappingBench.question(),
        AppendSteady.question(),
        AppendSustained.question(),
        Append16K.question(),
        DurableAppend.question(),
        GroupCommit.question(),
        ForwardScan.question(),
        BackwardScan.question(),
        RandomRead.question(),
        Reopen.question(),
        WorstAppendAcrossRolls.question(),
        EventFrameBench.question(),
        SegmentDriverBench.question(),
        ChainAppendBench.question(),
        ChainAzurite.question(),
        ChainContention.question(),
        ChainFront.question(),
        ChainRead.question(),
        ChainLookup.question(),
        ChainOpen.question());
  }
}
