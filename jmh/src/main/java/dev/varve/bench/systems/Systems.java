package dev.varve.bench.systems;

import java.util.List;
import java.util.ServiceLoader;

/** The systems on the class path. */
public final class Systems {
  private Systems() {}

  /** All of them, ours first, then peers, then limits. */
  public static List<LogSystem> all() {
    return ServiceLoader.load(LogSystem.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(java.util.Comparator.comparing(LogSystem::kind))
        .toList();
  }

  /** The one with this name; the message of the exception lists those there are. */
  public static LogSystem named(String name) {
    List<LogSystem> systems = all();
    return systems.stream()
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no system named \"%s\"; there are %s"
                        .formatted(name, systems.stream().map(LogSystem::name).toList())));
  }
}
