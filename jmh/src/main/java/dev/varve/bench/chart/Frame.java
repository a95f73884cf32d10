package dev.varve.bench.chart;

import java.util.List;

/**
 * What a chart says besides its figures.
 *
 * @param name name of its file, without the ending
 * @param title what it shows, the first thing that is read
 * @param subtitle which case of it; may be empty
 * @param reading unit and direction
 * @param source medium, durability and machine, a line each
 * @param data name of the file with its figures
 */
public record Frame(
    String name, String title, String subtitle, String reading, List<String> source, String data) {

  /** Copies the lines. */
  public Frame {
    source = List.copyOf(source);
  }

  /** The same, read along this axis. */
  Frame along(Axis axis) {
    String scale = axis instanceof Axis.Log ? reading + "; logarithmic scale" : reading;
    return new Frame(name, title, subtitle, scale, source, data);
  }
}
