// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One metric as a statsd server reads it: {@code name:value|type[|@rate][|#tag,tag]}.
 *
 * @param name with tags that are part of it ({@code name;env=prod} or {@code name,env=prod})
 * @param value as written: a gauge's sign means a change
 * @param type {@code c}, {@code ms}, {@code g}, {@code s}, {@code h} or {@code d}
 * @param rate the share of events that was sent, 1 when not told
 * @param tags DogStatsD's, as {@code key:value}
 */
public record StatsdLine(String name, String value, String type, double rate, List<String> tags) {

  private static final Pattern SHAPE =
      Pattern.compile("([^:|]+):([^:|]+)\\|(c|ms|g|s|h|d)(?:\\|@([0-9.eE-]+))?(?:\\|#([^|]*))?");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** Empty when a server would call it a bad line. */
  static Optional<StatsdLine> parse(String line) {
    Matcher shape = SHAPE.matcher(line);
    if (!shape.matches()) {
      return Optional.empty();
    }
    String value = shape.group(2);
    String type = shape.group(3);
    if (!type.equals("s") && !NUMBER.matcher(value).matches()) {
      return Optional.empty();
    }
    double rate = shape.group(4) == null ? 1 : Double.parseDouble(shape.group(4));
    List<String> tags = shape.group(5) == null ? List.of() : List.of(shape.group(5).split(","));
    return Optional.of(new StatsdLine(shape.group(1), value, type, rate, tags));
  }

  public double number() {
    return Double.parseDouble(value);
  }

  /** How many events, or how much of a counter, it stands for. */
  double weight() {
    return (type.equals("c") ? number() : 1) / rate;
  }
}
