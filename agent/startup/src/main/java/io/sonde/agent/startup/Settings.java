// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values in force and where each came from: agent argument, before system property, before
 * environment, before file, before default.
 *
 * <p>Nothing in here stops an application: a bad value or unknown key is one line in {@link
 * #problems}, and the next best is used.
 */
final class Settings {

  private static final String INSTRUMENTATION = "instrumentation.";
  private static final String ENABLED = ".enabled";
  private static final String LOGGER_LEVEL = "logs.level.";
  private static final String FILE = "file ";

  /** Characters of a bad value or key in its line. */
  private static final int MAX_SHOWN = 200;

  /** Values as text, by key. */
  private static final class Source {
    final String name;
    final Map<String, String> values;

    Source(String name, Map<String, String> values) {
      this.name = name;
      this.values = values;
    }
  }

  /** Read by any thread; changed by {@link #reload}. */
  private final Map<String, Object> values = new ConcurrentHashMap<>();

  private final Map<String, String> origins = new ConcurrentHashMap<>();

  /** What the file says, as it was last read. */
  private Map<String, String> fileTexts = new LinkedHashMap<>();

  private final Map<String, Boolean> instrumentations = new TreeMap<>();
  private final Map<String, String> loggerLevels = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private Settings() {}

  /**
   * @param argument of the agent, {@code key=value,key=value}; a comma inside a value is {@code \,}
   */
  static Settings load(
      @Nullable String argument, Properties system, Map<String, String> environment) {
    Settings settings = new Settings();
    List<Source> sources = new ArrayList<>();
    sources.add(new Source("argument", settings.parseArgument(argument)));
    sources.add(new Source("system property", fromSystem(system)));
    sources.add(new Source("environment", fromEnvironment(environment)));
    String file = settings.firstOf(sources, Keys.CONFIG.key);
    if (file != null) {
      settings.fileTexts = settings.readFile(file);
      sources.add(new Source(FILE + file, settings.fileTexts));
    }
    settings.resolve(sources);
    settings.tellUnknown(sources);
    return settings;
  }

  @SuppressWarnings("unchecked")
  <T> @Nullable T find(Setting<T> setting) {
    Object value = values.get(setting.key);
    return value == null ? setting.defaultValue : (T) value;
  }

  /** For settings that have a default. */
  <T> T get(Setting<T> setting) {
    T value = find(setting);
    if (value == null) {
      throw new IllegalStateException(setting.key + " has no default");
    }
    return value;
  }

  /** True when somebody said {@code none}, rather than nothing. */
  boolean isNone(Setting<?> setting) {
    return find(setting) == null && origins.containsKey(setting.key);
  }

  boolean isInstrumentationEnabled(String name) {
    return instrumentations.getOrDefault(name, true);
  }

  /** {@code WARN} by {@code com.acme}: {@code logs.level.com.acme=WARN}. */
  Map<String, String> loggerLevels() {
    return loggerLevels;
  }

  /**
   * {@code argument}, {@code system property}, {@code environment}, {@code file …}, or {@code
   * default}.
   */
  String origin(Setting<?> setting) {
    return origins.getOrDefault(setting.key, "default");
  }

  /** One line each: the key, the value, what is allowed, what is used. */
  List<String> problems() {
    return problems;
  }

  /** Every key with its value and origin, secrets masked. For the status page. */
  List<Map<String, Object>> describe() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Setting<?> setting : Keys.all()) {
      Map<String, Object> row = new LinkedHashMap<>();
      Object value = find(setting);
      row.put("key", setting.key);
      row.put("value", masked(setting, value));
      row.put("origin", origin(setting));
      if (setting.later != null) {
        row.put("note", setting.later);
      }
      rows.add(row);
    }
    loggerLevels.forEach((logger, level) -> rows.add(set(LOGGER_LEVEL + logger, level)));
    instrumentations.forEach(
        (name, enabled) ->
            rows.add(set(INSTRUMENTATION + name + ENABLED, String.valueOf(enabled))));
    return rows;
  }

  private static Map<String, Object> set(String key, String value) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("key", key);
    row.put("value", value);
    row.put("origin", "set");
    return row;
  }

  private static String masked(Setting<?> setting, @Nullable Object value) {
    if (value != null && setting.secret && !Setting.text(value).equals("none")) {
      return "***";
    }
    return withoutSecrets(Setting.text(value));
  }

  /**
   * Basic authentication may stand in a URL, with whatever characters, and a key in its query. The
   * last {@code @} counts: more is hidden then, in a list of URLs, but never less.
   */
  private static String withoutSecrets(String text) {
    return text.replaceAll("//.*@", "//***@").replaceAll("(://[^\\s?]*)\\?\\S*", "$1?***");
  }

  /**
   * Reads the file again and applies what of it may change while running. By one thread.
   *
   * @return one line for each key that is another than when it was last read: what it was and is,
   *     or why it stays
   */
  List<String> reload() {
    String file = find(Keys.CONFIG);
    if (file == null) {
      return Collections.emptyList();
    }
    int known = problems.size();
    Map<String, String> before = fileTexts;
    Map<String, String> now = readFile(file);
    List<String> lines = new ArrayList<>(problems.subList(known, problems.size()));
    problems.subList(known, problems.size()).clear();
    if (!new File(file).canRead()) {
      return lines; // while it is being replaced, perhaps: all stays as it is
    }
    fileTexts = now;
    for (Setting<?> setting : Keys.all()) {
      String text = now.get(setting.key);
      if (!Objects.equals(text, before.get(setting.key))) {
        lines.add(change(setting, text, FILE + file));
      }
    }
    return lines;
  }

  private String change(Setting<?> setting, @Nullable String text, String origin) {
    String inForce = masked(setting, find(setting));
    String from = origin(setting);
    if (!setting.live) {
      return setting.key + ": changed in the file; counts from the next start";
    }
    if (!from.equals(origin) && !from.equals("default")) {
      return setting.key + ": changed in the file; stays " + inForce + " (" + from + ")";
    }
    boolean none = text == null || isNone(setting, text);
    Object value = none ? null : setting.parse(text);
    if (!none && value == null) {
      return rejected(setting, text, origin, inForce);
    }
    if (value == null) {
      values.remove(setting.key);
    } else {
      values.put(setting.key, value);
    }
    if (text == null) {
      origins.remove(setting.key);
    } else {
      origins.put(setting.key, origin);
    }
    return setting.key + ": " + inForce + ", now " + masked(setting, find(setting));
  }

  private void resolve(List<Source> sources) {
    for (Setting<?> setting : Keys.all()) {
      List<Source> rejected = new ArrayList<>();
      for (Source source : sources) {
        String text = source.values.get(setting.key);
        if (text != null && !isNone(setting, text) && setting.parse(text) == null) {
          rejected.add(source);
        } else if (text != null) {
          use(setting, text, source);
          break;
        }
      }
      tell(setting, rejected);
    }
  }

  private void use(Setting<?> setting, String text, Source source) {
    Object value = isNone(setting, text) ? null : setting.parse(text);
    if (value != null) {
      values.put(setting.key, value);
    }
    origins.put(setting.key, source.name);
    if (setting.later != null) {
      problems.add(setting.key + "=" + shown(setting, text) + ": " + setting.later);
    }
  }

  private void tell(Setting<?> setting, List<Source> rejected) {
    for (Source source : rejected) {
      String used = masked(setting, find(setting));
      if (origins.containsKey(setting.key)) {
        used += " (" + origin(setting) + ")";
      }
      problems.add(rejected(setting, source.values.get(setting.key), source.name, used));
    }
  }

  /** {@code none} takes back what has no default. */
  private static boolean isNone(Setting<?> setting, String text) {
    return setting.defaultValue == null && text.trim().equalsIgnoreCase("none");
  }

  private static String rejected(Setting<?> setting, String text, String source, String used) {
    return setting.key
        + "="
        + shown(setting, text)
        + " ("
        + source
        + "): not "
        + setting.allowed
        + "; using "
        + used;
  }

  private static String shown(Setting<?> setting, String text) {
    return setting.secret ? "***" : cut(withoutSecrets(text));
  }

  private static String cut(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  private void tellUnknown(List<Source> sources) {
    for (Source source : sources) {
      for (Map.Entry<String, String> entry : source.values.entrySet()) {
        String key = entry.getKey();
        if (isInstrumentation(key)) {
          setInstrumentation(key, entry.getValue(), source);
        } else if (isLoggerLevel(key)) {
          setLoggerLevel(key, entry.getValue(), source);
        } else if (!isKnown(key)) {
          String shown = cut(key);
          problems.add(
              shown + " (" + source.name + "): unknown, ignored; nearest is " + nearestKey(shown));
        }
      }
    }
  }

  private static boolean isInstrumentation(String key) {
    return key.startsWith(INSTRUMENTATION)
        && key.endsWith(ENABLED)
        && key.length() > INSTRUMENTATION.length() + ENABLED.length();
  }

  private void setInstrumentation(String key, String text, Source source) {
    String name = key.substring(INSTRUMENTATION.length(), key.length() - ENABLED.length());
    Boolean value = Keys.ENABLED.parse(text);
    if (value == null) {
      problems.add(key + "=" + text + " (" + source.name + "): not true or false; using true");
    } else {
      instrumentations.putIfAbsent(name, value);
    }
  }

  /** One more problem for each instrumentation that is set and that there is not. */
  void tellUnknownInstrumentations(Collection<String> names) {
    for (String name : instrumentations.keySet()) {
      if (!names.contains(name)) {
        String shown = cut(name);
        problems.add(
            INSTRUMENTATION
                + shown
                + ENABLED
                + ": no such instrumentation, ignored; nearest is "
                + nearest(shown, names));
      }
    }
  }

  private static boolean isLoggerLevel(String key) {
    return key.startsWith(LOGGER_LEVEL) && key.length() > LOGGER_LEVEL.length();
  }

  private void setLoggerLevel(String key, String text, Source source) {
    String level = Keys.LOGS_LEVEL.parse(text);
    if (level == null) {
      String used = "logs.level, " + get(Keys.LOGS_LEVEL);
      problems.add(
          key
              + "="
              + text
              + " ("
              + source.name
              + "): not "
              + Keys.LOGS_LEVEL.allowed
              + "; using "
              + used);
    } else {
      loggerLevels.putIfAbsent(key.substring(LOGGER_LEVEL.length()), level);
    }
  }

  private static boolean isKnown(String key) {
    for (Setting<?> setting : Keys.all()) {
      if (setting.key.equals(key)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String firstOf(List<Source> sources, String key) {
    for (Source source : sources) {
      if (source.values.get(key) != null) {
        return source.values.get(key);
      }
    }
    return null;
  }

  private Map<String, String> parseArgument(@Nullable String argument) {
    Map<String, String> parsed = new LinkedHashMap<>();
    String key = "";
    for (String pair : splitAtCommas(argument == null ? "" : argument)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        key = pair.substring(0, equals).trim();
        parsed.put(key, pair.substring(equals + 1));
      } else if (!pair.trim().isEmpty()) {
        // The rest of the value before it, perhaps, whose comma has no backslash.
        String shown = isSecret(key) ? "***" : cut(withoutSecrets(pair.trim()));
        problems.add(shown + " (argument): not key=value; ignored");
      }
    }
    return parsed;
  }

  private static boolean isSecret(String key) {
    for (Setting<?> setting : Keys.all()) {
      if (setting.key.equals(key)) {
        return setting.secret;
      }
    }
    return false;
  }

  private static List<String> splitAtCommas(String argument) {
    List<String> pairs = new ArrayList<>();
    StringBuilder pair = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '\\' && i + 1 < argument.length() && argument.charAt(i + 1) == ',') {
        pair.append(',');
        i++;
      } else if (c == ',') {
        pairs.add(pair.toString());
        pair.setLength(0);
      } else {
        pair.append(c);
      }
    }
    pairs.add(pair.toString());
    return pairs;
  }

  private static Map<String, String> fromSystem(Properties system) {
    Map<String, String> found = new TreeMap<>();
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith("sonde.")) {
        found.put(name.substring("sonde.".length()), system.getProperty(name));
      }
    }
    return found;
  }

  /** {@code SONDE_STATSD_MAX_PACKET} is {@code statsd.max-packet}. */
  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      if (entry.getKey().startsWith("SONDE_")) {
        found.put(keyOf(entry.getKey()), entry.getValue());
      }
    }
    return found;
  }

  private static String keyOf(String variable) {
    for (Setting<?> setting : Keys.all()) {
      if (variable.equals(variableOf(setting.key))) {
        return setting.key;
      }
    }
    String plain = variable.substring("SONDE_".length()).toLowerCase(Locale.ROOT);
    if (plain.startsWith("instrumentation_") && plain.endsWith("_enabled")) {
      int end = plain.length() - "_enabled".length();
      return INSTRUMENTATION
          + plain.substring("instrumentation_".length(), end).replace('_', '-')
          + ENABLED;
    }
    return plain.replace('_', '.');
  }

  static String variableOf(String key) {
    return "SONDE_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private Map<String, String> readFile(String path) {
    Map<String, String> found = new LinkedHashMap<>();
    int bad = 0;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(new File(path)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.indexOf('\0') >= 0) {
          problems.add("config=" + path + ": not a file of key=value lines; ignored");
          return Collections.emptyMap();
        }
        bad += readLine(line.trim(), found) ? 0 : 1;
      }
    } catch (IOException e) {
      problems.add("config=" + path + ": cannot be read (" + e.getMessage() + "); ignored");
    }
    if (bad > 0) {
      String lines = bad == 1 ? "a line is" : bad + " lines are";
      problems.add("config=" + path + ": " + lines + " not key=value; ignored");
    }
    return found;
  }

  /** False when it is not understood. */
  private static boolean readLine(String line, Map<String, String> found) {
    int equals = line.indexOf('=');
    if (equals < 1) {
      return line.isEmpty() || line.startsWith("#");
    }
    if (!line.startsWith("#")) {
      String key = line.substring(0, equals).trim();
      found.put(
          key.startsWith("sonde.") ? key.substring("sonde.".length()) : key,
          line.substring(equals + 1).trim());
    }
    return true;
  }

  private static String nearestKey(String key) {
    List<String> keys = new ArrayList<>();
    for (Setting<?> setting : Keys.all()) {
      keys.add(setting.key);
    }
    return nearest(key.toLowerCase(Locale.ROOT), keys);
  }

  private static String nearest(String name, Iterable<String> names) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : names) {
      int distance = distance(name, candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
