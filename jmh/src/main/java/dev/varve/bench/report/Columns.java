package dev.varve.bench.report;

import java.util.List;

/** Lines of cells as text, each column as wide as its widest cell. */
public final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /** The text; all lines have as many cells as the first. */
  public static String of(List<List<String>> lines) {
    int[] widths = widths(lines);
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = line.get(column);
        padded.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    return widths;
  }
}
