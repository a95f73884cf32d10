package dev.varve.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a case, {@code size=100;do=read} in files. */
final class Params {
  /** The parameter that names one of several figures of a case. */
  static final String FIGURE = "figure";

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)[a-zA-Z]*");
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d\\d)(\\d*)");
  private static final double WHOLE = 100;

  private Params() {}

  /** As names and values; what has no value has an empty one. */
  static Map<String, String> of(String params) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!params.isEmpty()) {
      for (String param : params.split(";", -1)) {
        int sign = param.indexOf('=');
        values.put(
            sign < 0 ? param : param.substring(0, sign), sign < 0 ? "" : param.substring(sign + 1));
      }
    }
    return values;
  }

  /** The parameters but one. */
  static Map<String, String> without(String params, String name) {
    Map<String, String> others = of(params);
    others.remove(name);
    return others;
  }

  /** For people: {@code size 100, do read}. */
  static String words(String params) {
    return words(of(params));
  }

  /** For people: {@code size 100, do read}. */
  static String words(Map<String, String> params) {
    return params.toString().replaceAll("[{}]", "").replace('=', ' ');
  }

  /** The number that a value such as {@code 16} or {@code 2ms} begins with. */
  static OptionalDouble number(String value) {
    Matcher matcher = NUMBER.matcher(value);
    return matcher.matches()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1)))
        : OptionalDouble.empty();
  }

  /** Which share of all a figure such as {@code p999} or {@code max} is not exceeded by, of 100. */
  static OptionalDouble percentile(String figure) {
    Matcher matcher = PERCENTILE.matcher(figure);
    if (figure.equals("max")) {
      return OptionalDouble.of(WHOLE);
    }
    return matcher.matches()
        ? OptionalDouble.of(Double.parseDouble(matcher.group(1) + "." + matcher.group(2) + "0"))
        : OptionalDouble.empty();
  }

  /** A percentile for people: {@code 99.9} for {@code p999}. */
  static String percentileWords(String figure) {
    Matcher matcher = PERCENTILE.matcher(figure);
    if (!matcher.matches()) {
      return figure;
    }
    return matcher.group(1) + (matcher.group(2).isEmpty() ? "" : "." + matcher.group(2));
  }
}
