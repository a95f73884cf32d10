package dev.varve.kit.disk;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One thing that is done to a log; its text is what stands in the file of a case. */
public sealed interface Operation {
  /** Appends a record of this many bytes. */
  record Append(int length) implements Operation {
    @Override
    public String toString() {
      return "append " + length;
    }
  }

  /** Appends records of these lengths as one unit. */
  record Batch(List<Integer> lengths) implements Operation {
    @Override
    public String toString() {
      return "batch " + lengths.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  /** Makes everything durable. */
  record Sync() implements Operation {
    @Override
    public String toString() {
      return "sync";
    }
  }

  /** Drops what stands before the unit at this percentage of those that are left; 100 is all. */
  record Drop(int percent) implements Operation {
    @Override
    public String toString() {
      return "drop " + percent;
    }
  }

  /** Closes the log and opens it again. */
  record Reopen() implements Operation {
    @Override
    public String toString() {
      return "reopen";
    }
  }

  /** The sync after so many others will fail, once. */
  record FailSync(int syncs) implements Operation {
    @Override
    public String toString() {
      return "failsync " + syncs;
    }
  }

  /** The disk has no more than this many free bytes, until the log is opened again. */
  record Fill(int freeBytes) implements Operation {
    @Override
    public String toString() {
      return "fill " + freeBytes;
    }
  }

  /** Reads what {@code toString} has written. */
  static Operation parse(String text) {
    String[] words = text.strip().split(" ");
    List<Integer> numbers = Arrays.stream(words).skip(1).map(Integer::valueOf).toList();
    return switch (words[0]) {
      case "append" -> new Append(numbers.getFirst());
      case "batch" -> new Batch(numbers);
      case "sync" -> new Sync();
      case "drop" -> new Drop(numbers.getFirst());
      case "reopen" -> new Reopen();
      case "failsync" -> new FailSync(numbers.getFirst());
      case "fill" -> new Fill(numbers.getFirst());
      default -> throw new IllegalArgumentException("no operation is called " + text);
    };
  }
}
