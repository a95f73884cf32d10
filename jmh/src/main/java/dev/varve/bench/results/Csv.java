package dev.varve.bench.results;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The text files of a result folder: a header, and lines of fields without quotes or commas. */
public final class Csv {
  private final Path file;
  private final List<String> header;
  private final List<String> fields;
  private final int number;

  private Csv(Path file, List<String> header, List<String> fields, int number) {
    this.file = file;
    this.header = header;
    this.fields = fields;
    this.number = number;
  }

  /** The lines below the header, whose columns may be in any order; none where there is no file. */
  public static List<Csv> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> text = text(file).lines().toList();
    if (text.isEmpty()) {
      throw new BrokenResult(file, 0, "there is no header");
    }
    List<String> header = List.of(text.getFirst().split(",", -1));
    List<Csv> lines = new ArrayList<>();
    for (int i = 1; i < text.size(); i++) {
      Csv line = new Csv(file, header, List.of(text.get(i).split(",", -1)), i + 1);
      if (line.fields.size() != header.size()) {
        throw line.broken("%d fields, not %d".formatted(line.fields.size(), header.size()));
      }
      lines.add(line);
    }
    return lines;
  }

  /** All of a file. Throws if it is not UTF-8. */
  static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new BrokenResult(file, 0, "it is not UTF-8");
    }
  }

  /** A line of a file. */
  public static String line(Stream<String> fields) {
    return String.join(",", fields.map(field -> field.replace(',', ';')).toList()) + "\n";
  }

  /** A figure with so many decimals, empty if it is not known. */
  public static String figure(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A figure as it is, empty if it is not known. */
  static String exactly(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** Whether there is such a column. */
  public boolean has(String column) {
    return header.contains(column);
  }

  /** The field of a column; throws where there is none. */
  public String text(String column) throws BrokenResult {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new BrokenResult(file, 1, "there is no column " + column);
    }
    return fields.get(index);
  }

  /** The field of a column that older files lack. */
  public String text(String column, String otherwise) throws BrokenResult {
    return has(column) ? text(column) : otherwise;
  }

  /** The number of a column; NaN where the field is empty. */
  public double number(String column) throws BrokenResult {
    String field = text(column);
    try {
      return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
    } catch (NumberFormatException e) {
      throw broken(column + " is not a number: " + field);
    }
  }

  /** The number of a column that is a measured figure. */
  public double figure(String column) throws BrokenResult {
    double number = number(column);
    if (!(number >= 0 && Double.isFinite(number))) {
      throw broken(column + " is no figure: " + text(column));
    }
    return number;
  }

  /** The number of a column that counts from one on. */
  public int count(String column) throws BrokenResult {
    String field = text(column);
    if (!field.matches("[1-9][0-9]{0,8}")) {
      throw broken(column + " does not count from one on: " + field);
    }
    return Integer.parseInt(field);
  }

  /** The constant of a column. */
  public <E extends Enum<E>> E oneOf(Class<E> constants, String column) throws BrokenResult {
    String field = text(column);
    try {
      return Enum.valueOf(constants, field.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw broken(column + " is not known: " + field);
    }
  }

  /** What is wrong with this line. */
  public BrokenResult broken(String reason) {
    return new BrokenResult(file, number, reason);
  }
}
