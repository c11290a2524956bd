// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One key, what it may be, and what it is when nobody says anything.
 *
 * @param <T> boolean, integer, text, list, duration, size
 */
final class Setting<T> {

  /** Turns text into a value; null when it is not allowed. */
  interface Parser<T> {
    @Nullable T parse(String text);
  }

  final String key;
  final @Nullable T defaultValue;
  final String allowed;
  final String meaning;
  final boolean secret;

  /** Not null: it is understood but does nothing in this version. */
  final @Nullable String later;

  private final Parser<T> parser;

  private Setting(
      String key,
      @Nullable T defaultValue,
      String allowed,
      String meaning,
      Parser<T> parser,
      boolean secret,
      @Nullable String later) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.meaning = meaning;
    this.parser = parser;
    this.secret = secret;
    this.later = later;
  }

  /** Its value is never shown. */
  Setting<T> asSecret() {
    return new Setting<>(key, defaultValue, allowed, meaning, parser, true, later);
  }

  /** Understood, but without effect yet. */
  Setting<T> comesLater() {
    return new Setting<>(
        key, defaultValue, allowed, meaning, parser, secret, "does nothing in this version yet");
  }

  @Nullable T parse(String text) {
    try {
      return parser.parse(text.trim());
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** As a user would write it; {@code none} for nothing. */
  String defaultText() {
    return text(defaultValue);
  }

  static String text(@Nullable Object value) {
    if (value == null || value instanceof List && ((List<?>) value).isEmpty()) {
      return "none";
    }
    if (value instanceof List) {
      StringBuilder joined = new StringBuilder();
      ((List<?>) value)
          .forEach(item -> joined.append(joined.length() == 0 ? "" : ",").append(item));
      return joined.toString();
    }
    if (value instanceof Duration) {
      long millis = ((Duration) value).toMillis();
      return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
    return String.valueOf(value);
  }

  static Setting<Boolean> bool(String key, boolean defaultValue, String meaning) {
    return new Setting<>(
        key, defaultValue, "true or false", meaning, Setting::parseBoolean, false, null);
  }

  static Setting<Integer> integer(
      String key, @Nullable Integer defaultValue, int min, int max, String meaning) {
    return new Setting<>(
        key,
        defaultValue,
        min + ".." + max,
        meaning,
        text -> {
          int value = Integer.parseInt(text);
          return value >= min && value <= max ? value : null;
        },
        false,
        null);
  }

  static Setting<Double> decimal(
      String key, @Nullable Double defaultValue, double min, double max, String meaning) {
    return new Setting<>(
        key,
        defaultValue,
        min + ".." + max,
        meaning,
        text -> {
          double value = Double.parseDouble(text);
          return value >= min && value <= max ? value : null;
        },
        false,
        null);
  }

  static Setting<String> text(String key, @Nullable String defaultValue, String meaning) {
    return new Setting<>(
        key, defaultValue, "text", meaning, text -> text.isEmpty() ? null : text, false, null);
  }

  static Setting<String> oneOf(String key, String defaultValue, String meaning, String... values) {
    List<String> allowed = Arrays.asList(values);
    return new Setting<>(
        key,
        defaultValue,
        "one of " + String.join(", ", values),
        meaning,
        text -> {
          for (String value : allowed) {
            if (value.equalsIgnoreCase(text)) {
              return value;
            }
          }
          return null;
        },
        false,
        null);
  }

  static Setting<List<String>> list(String key, List<String> defaultValue, String meaning) {
    return new Setting<>(
        key, defaultValue, "a list with commas", meaning, Setting::parseList, false, null);
  }

  /** A list whose members are fixed. */
  static Setting<List<String>> listOf(
      String key, List<String> defaultValue, String meaning, String... values) {
    List<String> allowed = Arrays.asList(values);
    return new Setting<>(
        key,
        defaultValue,
        "a list of " + String.join(", ", values),
        meaning,
        text -> {
          List<String> parsed = parseList(text.toLowerCase(Locale.ROOT));
          return allowed.containsAll(parsed) ? parsed : null;
        },
        false,
        null);
  }

  static Setting<Duration> duration(
      String key, @Nullable Duration defaultValue, Duration min, Duration max, String meaning) {
    return new Setting<>(
        key,
        defaultValue,
        "a duration such as 500ms, 10s, 5m, from " + text(min) + " to " + text(max),
        meaning,
        text -> {
          Duration value = parseDuration(text);
          return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 ? value : null;
        },
        false,
        null);
  }

  /** In bytes. */
  static Setting<Long> size(String key, String defaultValue, long min, long max, String meaning) {
    return new Setting<>(
        key,
        parseSize(defaultValue),
        "a size such as 64KB, 8MB, 1GB",
        meaning,
        text -> {
          long value = parseSize(text);
          return value >= min && value <= max ? value : null;
        },
        false,
        null);
  }

  private static @Nullable Boolean parseBoolean(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "true":
        return true;
      case "false":
        return false;
      default:
        return null;
    }
  }

  private static List<String> parseList(String text) {
    List<String> items = new ArrayList<>();
    if (!text.equalsIgnoreCase("none") && !text.equalsIgnoreCase("all")) {
      for (String item : text.split(",")) {
        if (!item.trim().isEmpty()) {
          items.add(item.trim());
        }
      }
    }
    return Collections.unmodifiableList(items);
  }

  private static Duration parseDuration(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    long amount = Long.parseLong(text.substring(0, digits));
    switch (text.substring(digits).trim()) {
      case "ms":
        return Duration.ofMillis(amount);
      case "s":
        return Duration.ofSeconds(amount);
      case "m":
        return Duration.ofMinutes(amount);
      case "h":
        return Duration.ofHours(amount);
      default:
        throw new IllegalArgumentException(text);
    }
  }

  private static long parseSize(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    String[] units = {"KB", "MB", "GB"};
    for (int i = 0; i < units.length; i++) {
      if (upper.endsWith(units[i])) {
        String amount = upper.substring(0, upper.length() - 2).trim();
        return Math.multiplyExact(Long.parseLong(amount), 1L << 10 * (i + 1));
      }
    }
    return Long.parseLong(upper.endsWith("B") ? upper.substring(0, upper.length() - 1) : upper);
  }
}
