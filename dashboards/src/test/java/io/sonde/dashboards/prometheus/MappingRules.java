// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping file as statsd_exporter reads it (its README, "Metric Mapping and Configuration"), and
 * refuses it: only what our file uses is understood, all else is an error.
 *
 * <ul>
 *   <li>globs first, in the file's order; {@code *} is one whole part of a name
 *   <li>then regular expressions, in the file's order, not anchored
 *   <li>{@code $1} in a label or name is what the first {@code *} or group has matched
 *   <li>a rule with another {@code match_metric_type} is passed over
 * </ul>
 */
final class MappingRules {

  private static final Set<String> KEYS =
      Set.of("match", "match_type", "match_metric_type", "name", "help", "labels", "ttl");
  private static final Set<String> TYPES = Set.of("counter", "gauge", "observer");
  private static final Pattern GLOB =
      Pattern.compile("(\\*|[a-zA-Z_](-?[a-zA-Z0-9_])*)(\\.(\\*|[a-zA-Z_](-?[a-zA-Z0-9_])*))+");
  private static final Pattern NAME =
      Pattern.compile("([a-zA-Z_]|\\$\\{?\\d+}?)([a-zA-Z0-9_]|\\$\\{?\\d+}?)*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]+");
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /** What a rule makes of a name. */
  record Mapped(String name, Map<String, String> labels, Duration ttl, String help) {}

  private record Rule(
      Pattern pattern,
      String type,
      String name,
      Map<String, String> labels,
      Duration ttl,
      String help) {}

  private final List<Rule> globs = new ArrayList<>();
  private final List<Rule> expressions = new ArrayList<>();
  private final List<Double> buckets = new ArrayList<>();
  private final Duration ttl;

  /**
   * @throws IllegalArgumentException when the exporter would not start with it
   */
  MappingRules(String yaml) {
    JsonNode file = parsed(yaml);
    JsonNode defaults = file.path("defaults");
    require(defaults.path("observer_type").asText().equals("histogram"), defaults);
    require(defaults.path("match_type").asText().equals("glob"), defaults);
    defaults.path("histogram_options").path("buckets").forEach(b -> buckets.add(b.asDouble()));
    require(!buckets.isEmpty() && buckets.equals(buckets.stream().sorted().toList()), defaults);
    ttl = duration(defaults.path("ttl").asText());
    for (JsonNode rule : file.path("mappings")) {
      add(rule);
    }
  }

  /** Upper bounds of a histogram's buckets, in seconds. */
  List<Double> buckets() {
    return buckets;
  }

  /**
   * @param type {@code counter}, {@code gauge} or {@code observer}
   */
  Optional<Mapped> map(String metric, String type) {
    for (List<Rule> rules : List.of(globs, expressions)) {
      for (Rule rule : rules) {
        Matcher matcher = rule.pattern.matcher(metric);
        if (rule.type.equals(type) && matcher.find()) {
          return Optional.of(mapped(rule, matcher));
        }
      }
    }
    return Optional.empty();
  }

  private static Mapped mapped(Rule rule, MatchResult match) {
    Map<String, String> labels = new TreeMap<>();
    rule.labels.forEach((label, value) -> labels.put(label, expanded(value, match)));
    return new Mapped(escaped(expanded(rule.name, match)), labels, rule.ttl, rule.help);
  }

  /** As Go's {@code Regexp.Expand}: what is no group is nothing. */
  private static String expanded(String template, MatchResult match) {
    return REFERENCE
        .matcher(template)
        .replaceAll(
            reference -> {
              String group = reference.group(reference.group(1) == null ? 2 : 1);
              boolean known = group.matches("\\d") && Integer.parseInt(group) <= match.groupCount();
              return Matcher.quoteReplacement(known ? match.group(Integer.parseInt(group)) : "");
            });
  }

  /** What no name may have becomes {@code _}. */
  static String escaped(String name) {
    return name.replaceAll("[^a-zA-Z0-9_:]", "_");
  }

  private static JsonNode parsed(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode rule) {
    Set<String> keys = new TreeSet<>();
    rule.fieldNames().forEachRemaining(keys::add);
    require(KEYS.containsAll(keys), rule);
    String name = rule.path("name").asText();
    String type = rule.path("match_metric_type").asText();
    require(NAME.matcher(name).matches() && TYPES.contains(type), rule);
    Map<String, String> labels = new TreeMap<>();
    rule.path("labels").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
    require(labels.keySet().stream().allMatch(label -> LABEL.matcher(label).matches()), rule);
    boolean glob = rule.path("match_type").asText("glob").equals("glob");
    String match = rule.path("match").asText();
    require(!glob || GLOB.matcher(match).matches(), rule);
    Pattern pattern = Pattern.compile(glob ? expression(match) : match);
    Duration rest = rule.has("ttl") ? duration(rule.path("ttl").asText()) : ttl;
    (glob ? globs : expressions)
        .add(new Rule(pattern, type, name, labels, rest, rule.path("help").asText()));
  }

  private static String expression(String glob) {
    return "^" + glob.replace(".", "\\.").replace("*", "([^.]*)") + "$";
  }

  /** {@code 24h}, {@code 1m}: one number and its unit. */
  private static Duration duration(String text) {
    require(text.matches("\\d+[smh]"), text);
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }

  private static void require(boolean holds, Object where) {
    if (!holds) {
      throw new IllegalArgumentException(where.toString());
    }
  }
}
