package dev.varve.bench.compare;

import dev.varve.bench.results.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a machine two runs must have in common to be compared, by name. */
record MachineClass(Map<String, String> traits) {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final double KIB_PER_GIB = 1 << 20;

  /** The class of the machine that a run was made on. */
  static MachineClass of(Environment environment) {
    Map<String, String> traits = new LinkedHashMap<>();
    traits.put("cpu", environment.text("cpu"));
    traits.put("cores", environment.text("cores"));
    traits.put("memory", gib(environment.text("memory")));
    traits.put("kernel", environment.text("kernel").split(" ", 2)[0]);
    traits.put("file system", environment.fileSystem());
    traits.put("device", environment.text("device"));
    traits.put("mount options", environment.text("mountOptions"));
    traits.put("JDK", number(environment.text("jdk")));
    return new MachineClass(traits);
  }

  /** What is otherwise there, as lines for people; empty if both are of one class. */
  List<String> differences(MachineClass other) {
    List<String> differences = new ArrayList<>();
    traits.forEach(
        (name, trait) -> {
          String there = other.traits.getOrDefault(name, "");
          if (!trait.equals(there)) {
            differences.add("%s: %s, and %s".formatted(name, trait, there));
          }
        });
    return differences;
  }

  /** The kernel tells a little less or more of the same memory from version to version. */
  private static String gib(String memory) {
    String number = number(memory);
    return number.equals(memory)
        ? memory
        : Math.round(Double.parseDouble(number) / KIB_PER_GIB) + " GiB";
  }

  /** The first number of a text; the text if it has none. */
  private static String number(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find() ? matcher.group() : text;
  }
}
