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

  private static final Parser<Boolean> BOOLEAN =
      new Parser<Boolean>() {
        @Override
        public @Nullable Boolean parse(String text) {
          return parseBoolean(text);
        }
      };

  private static final Parser<String> TEXT =
      new Parser<String>() {
        @Override
        public @Nullable String parse(String text) {
          return text.isEmpty() ? null : text;
        }
      };

  private static final Parser<String> HEADER =
      new Parser<String>() {
        @Override
        public @Nullable String parse(String text) {
          return isToken(text) ? text : null;
        }
      };

  private static final Parser<List<String>> LIST =
      new Parser<List<String>>() {
        @Override
        public @Nullable List<String> parse(String text) {
          return parseList(text);
        }
      };

  private static final long MIB = 1_048_576;

  final String key;
  final @Nullable T defaultValue;
  final String allowed;
  final String meaning;
  final boolean secret;

  /** Not null: it is understood but does nothing in this version. */
  final @Nullable String later;

  /** True when a change of it counts without a restart. */
  final boolean live;

  private final Parser<T> parser;

  private Setting(
      String key,
      @Nullable T defaultValue,
      String allowed,
      String meaning,
      Parser<T> parser,
      boolean secret,
      @Nullable String later) {
    this(key, defaultValue, allowed, meaning, parser, secret, later, false);
  }

  private Setting(
      String key,
      @Nullable T defaultValue,
      String allowed,
      String meaning,
      Parser<T> parser,
      boolean secret,
      @Nullable String later,
      boolean live) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.allowed = allowed;
    this.meaning = meaning;
    this.parser = parser;
    this.secret = secret;
    this.later = later;
    this.live = live;
  }

  /** May change while running: whoever uses it reads it again. */
  Setting<T> asLive() {
    return new Setting<>(key, defaultValue, allowed, meaning, parser, secret, later, true);
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
      for (Object item : (List<?>) value) {
        joined.append(joined.length() == 0 ? "" : ",").append(item);
      }
      return joined.toString();
    }
    if (value instanceof Duration) {
      long millis = ((Duration) value).toMillis();
      return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
    if (value instanceof Long && (Long) value % MIB == 0) {
      return (Long) value / MIB + "MB"; // the only long ones are sizes
    }
    return String.valueOf(value);
  }

  // Anonymous classes instead of lambdas below: this runs in premain, where each lambda is linked
  // and spun into a class at its first use.

  static Setting<Boolean> bool(String key, boolean defaultValue, String meaning) {
    return new Setting<>(key, defaultValue, "true or false", meaning, BOOLEAN, false, null);
  }

  static Setting<Integer> integer(
      String key, @Nullable Integer defaultValue, int min, int max, String meaning) {
    Parser<Integer> parser =
        new Parser<Integer>() {
          @Override
          public @Nullable Integer parse(String text) {
            int value = Integer.parseInt(text);
            return value >= min && value <= max ? value : null;
          }
        };
    return new Setting<>(key, defaultValue, min + ".." + max, meaning, parser, false, null);
  }

  static Setting<Double> decimal(
      String key, @Nullable Double defaultValue, int min, int max, String meaning) {
    Parser<Double> parser =
        new Parser<Double>() {
          @Override
          public @Nullable Double parse(String text) {
            double value = Double.parseDouble(text);
            return value >= min && value <= max ? value : null;
          }
        };
    return new Setting<>(key, defaultValue, min + ".." + max, meaning, parser, false, null);
  }

  static Setting<String> text(String key, @Nullable String defaultValue, String meaning) {
    return new Setting<>(key, defaultValue, "text", meaning, TEXT, false, null);
  }

  /** The name of an HTTP header. */
  static Setting<String> header(String key, String defaultValue, String meaning) {
    return new Setting<>(key, defaultValue, "a header's name", meaning, HEADER, false, null);
  }

  static Setting<String> oneOf(String key, String defaultValue, String meaning, String... values) {
    Parser<String> parser =
        new Parser<String>() {
          @Override
          public @Nullable String parse(String text) {
            for (String value : values) {
              if (value.equalsIgnoreCase(text)) {
                return value;
              }
            }
            return null;
          }
        };
    String allowed = "one of " + String.join(", ", values);
    return new Setting<>(key, defaultValue, allowed, meaning, parser, false, null);
  }

  static Setting<List<String>> list(String key, List<String> defaultValue, String meaning) {
    return new Setting<>(key, defaultValue, "a list with commas", meaning, LIST, false, null);
  }

  /** A list of names with a share each, {@code /orders/{id}=0.1}. */
  static Setting<List<String>> shares(String key, String meaning) {
    Parser<List<String>> parser =
        new Parser<List<String>>() {
          @Override
          public @Nullable List<String> parse(String text) {
            List<String> parsed = parseList(text);
            for (String item : parsed) {
              double share = Double.parseDouble(item.substring(item.lastIndexOf('=') + 1));
              if (item.lastIndexOf('=') < 1 || !(share >= 0 && share <= 1)) {
                return null;
              }
            }
            return parsed;
          }
        };
    String allowed = "a list of route=share, each share 0..1";
    List<String> none = Collections.emptyList();
    return new Setting<>(key, none, allowed, meaning, parser, false, null);
  }

  /** A list whose members are fixed. */
  static Setting<List<String>> listOf(
      String key, List<String> defaultValue, String meaning, String... values) {
    Parser<List<String>> parser =
        new Parser<List<String>>() {
          @Override
          public @Nullable List<String> parse(String text) {
            List<String> parsed = parseList(text.toLowerCase(Locale.ROOT));
            return Arrays.asList(values).containsAll(parsed) ? parsed : null;
          }
        };
    String allowed = "a list of " + String.join(", ", values);
    return new Setting<>(key, defaultValue, allowed, meaning, parser, false, null);
  }

  static Setting<Duration> duration(
      String key, @Nullable Duration defaultValue, Duration min, Duration max, String meaning) {
    Parser<Duration> parser =
        new Parser<Duration>() {
          @Override
          public @Nullable Duration parse(String text) {
            Duration value = parseDuration(text);
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 ? value : null;
          }
        };
    String allowed = "a duration such as 500ms, 10s, 5m, from " + text(min) + " to " + text(max);
    return new Setting<>(key, defaultValue, allowed, meaning, parser, false, null);
  }

  /** In bytes. */
  static Setting<Long> size(String key, String defaultValue, long min, long max, String meaning) {
    Parser<Long> parser =
        new Parser<Long>() {
          @Override
          public @Nullable Long parse(String text) {
            long value = parseSize(text);
            return value >= min && value <= max ? value : null;
          }
        };
    String allowed = "a size such as 64KB, 8MB, 1GB";
    return new Setting<>(key, parseSize(defaultValue), allowed, meaning, parser, false, null);
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

  /** RFC 9110, 5.6.2. */
  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!plain && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
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
