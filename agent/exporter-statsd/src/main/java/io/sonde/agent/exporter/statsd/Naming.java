// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.ServiceIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Renders a logical name and its values for one flavour. Used for Sonde's own lines and, through
 * {@link SondeLineBuilder}, for those of Micrometer, so that both agree. Thread-safe.
 */
final class Naming {

  /** DogStatsD's limit for one tag. */
  private static final int MAX_TAG_VALUE = 200;

  private static final int MAX_EVENT_TITLE = 140;

  /** So that, with its tags, it fits a packet of the default size. */
  private static final int MAX_EVENT_TEXT = 500;

  private final Flavor flavor;
  private final String etsyBase;
  private final Map<String, String> constantTags = new LinkedHashMap<>();

  Naming(StatsdConfig config) {
    ServiceIdentity service = config.service();
    flavor = config.flavor();
    etsyBase =
        base(config.prefix()) + Segment.of(service.name()) + '.' + Segment.of(service.instance());
    constantTags.put("service", service.name());
    constantTags.put("instance", service.instance());
    if (service.environment() != null) {
      constantTags.put("env", service.environment());
    }
    constantTags.putAll(config.tags());
  }

  Flavor flavor() {
    return flavor;
  }

  /**
   * @param values by key: all that the metric's etsy name and its tags ask for
   */
  LineName name(MetricNames metric, Map<String, String> values) {
    if (!flavor.tagged()) {
      return new LineName(etsyBase + '.' + fill(metric.etsy(), values) + ':', "");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    for (String key : metric.tagKeys()) {
      tags.put(key, values.getOrDefault(key, "none"));
    }
    return tagged(metric.logical(), tags);
  }

  /**
   * Of a metric that may not be in the table. Its etsy name is {@code jvm.<group>.<item>} for the
   * JVM's own, else the logical name with the values behind it.
   */
  LineName name(String logical, Map<String, String> tags) {
    MetricNames known = MetricNames.ofLogical(logical);
    if (known != null) {
      return name(known, tags);
    }
    if (flavor.tagged()) {
      return tagged(logical, tags);
    }
    return new LineName(etsyBase + '.' + etsyName(logical, tags) + ':', "");
  }

  /** Of one of Micrometer's. */
  LineName name(Meter.Id id) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Tag tag : id.getTagsAsIterable()) {
      tags.put(tag.getKey(), tag.getValue());
    }
    return name(id.getName(), tags);
  }

  /**
   * DogStatsD's event: {@code _e{title bytes,text bytes}:title|text|d:seconds|t:warning|#tags}
   * (DogStatsD's "Datagram format"). The instance, which is no host, is a tag.
   */
  String event(HealthChange change) {
    String title = eventText(change.check() + " " + change.to(), MAX_EVENT_TITLE);
    String text = eventText(change.message() + numbers(change), MAX_EVENT_TEXT);
    Map<String, String> tags = new LinkedHashMap<>(constantTags);
    tags.put("check", change.check());
    tags.put("from", change.from());
    tags.put("to", change.to());
    return "_e{"
        + title.getBytes(StandardCharsets.UTF_8).length
        + ','
        + text.getBytes(StandardCharsets.UTF_8).length
        + "}:"
        + title
        + '|'
        + text
        + "|d:"
        + change.epochMillis() / 1_000
        + "|t:"
        + alertType(change)
        + "|#"
        + join(tags, ':', ',');
  }

  private static String numbers(HealthChange change) {
    StringBuilder numbers = new StringBuilder();
    change
        .numbers()
        .forEach((name, value) -> numbers.append("; ").append(name).append(' ').append(value));
    return numbers.toString();
  }

  private static String alertType(HealthChange change) {
    switch (change.to()) {
      case "pass":
        return "success";
      case "warn":
        return "warning";
      default:
        return "error";
    }
  }

  /** One line, without what ends a part of the datagram. */
  private static String eventText(String text, int maxLength) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && clean.length() < maxLength; i++) {
      char c = text.charAt(i);
      boolean harmless = c != '|' && !Character.isISOControl(c) && !Character.isSurrogate(c);
      clean.append(harmless ? c : '_');
    }
    return clean.toString();
  }

  private static String etsyName(String logical, Map<String, String> tags) {
    boolean jvm = logical.startsWith("jvm.");
    if (jvm || logical.startsWith("process.") || logical.startsWith("system.")) {
      return "jvm." + jvmName(jvm ? logical.substring(4) : logical, tags);
    }
    StringBuilder name = new StringBuilder(dotted(logical));
    for (String value : tags.values()) {
      name.append('.').append(Segment.of(value));
    }
    return name.toString();
  }

  /** {@code memory.used} with area and id: {@code memory.used_heap_G1_Eden_Space}. */
  private static String jvmName(String name, Map<String, String> tags) {
    int dot = name.indexOf('.');
    String group = dot < 0 ? name : name.substring(0, dot);
    StringBuilder item = new StringBuilder(dot < 0 ? "value" : name.substring(dot + 1));
    for (String value : tags.values()) {
      item.append('_').append(value);
    }
    return words(group) + '.' + words(item);
  }

  /** The JVM's own words are few and known: they are joined by single underscores, unhashed. */
  private static String words(CharSequence text) {
    StringBuilder words = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char last = words.length() == 0 ? '_' : words.charAt(words.length() - 1);
      if (Segment.kept(c) && c != '_') {
        words.append(c);
      } else if (last != '_') {
        words.append('_');
      }
    }
    int length = words.length();
    if (length > 0 && words.charAt(length - 1) == '_') {
      words.setLength(length - 1);
    }
    return words.toString();
  }

  private static String fill(String template, Map<String, String> values) {
    StringBuilder name = new StringBuilder(template.length() + 32);
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      int close = template.indexOf('}', open);
      String value = values.getOrDefault(template.substring(open + 1, close), "none");
      name.append(template, from, open).append(Segment.of(value));
      from = close + 1;
    }
    return name.append(template, from, template.length()).toString();
  }

  private LineName tagged(String logical, Map<String, String> own) {
    Map<String, String> tags = new LinkedHashMap<>(own);
    constantTags.forEach(tags::putIfAbsent);
    String name = dotted(logical);
    switch (flavor) {
      case DATADOG:
        return new LineName(name + ':', tags.isEmpty() ? "" : "|#" + join(tags, ':', ','));
      case TELEGRAF:
        return new LineName(name + ',' + join(tags, '=', ',') + ':', "");
      default:
        return new LineName(name + ';' + join(tags, '=', ';') + ':', "");
    }
  }

  private String join(Map<String, String> tags, char equals, char comma) {
    StringBuilder joined = new StringBuilder();
    tags.forEach(
        (key, value) -> {
          joined.append(joined.length() == 0 ? "" : String.valueOf(comma));
          joined.append(tagKey(key)).append(equals).append(tagValue(value));
        });
    return joined.toString();
  }

  private static String tagKey(String key) {
    StringBuilder clean = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      clean.append(Segment.kept(c) || c == '.' ? c : '_');
    }
    return clean.toString();
  }

  /**
   * statsd itself cleans names with their tags, each server a little differently: there a value is
   * a segment. The others take it as it is, but for what would end it.
   */
  private String tagValue(String value) {
    if (value.isEmpty()) {
      return "none";
    }
    if (flavor == Flavor.GRAPHITE_TAGS) {
      return Segment.of(value);
    }
    String ends = flavor == Flavor.DATADOG ? ",|#" : ",|#:=@ ";
    StringBuilder clean = new StringBuilder(value.length());
    for (int i = 0; i < value.length() && clean.length() < MAX_TAG_VALUE; i++) {
      char c = value.charAt(i);
      boolean harmless = !Character.isISOControl(c) && !Character.isSurrogate(c);
      clean.append(harmless && ends.indexOf(c) < 0 ? c : '_');
    }
    return clean.toString();
  }

  /** A name that may have dots, cleaned part by part; no empty parts. */
  private static String dotted(String name) {
    StringBuilder clean = new StringBuilder(name.length());
    for (String part : name.split("\\.")) {
      if (!part.isEmpty()) {
        clean.append(clean.length() == 0 ? "" : ".").append(tagKey(part));
      }
    }
    return clean.toString();
  }

  private static String base(String prefix) {
    String clean = dotted(prefix);
    return clean.isEmpty() ? "" : clean + '.';
  }

  /** {@code SUCCESS}, {@code CLIENT_ERROR} …: Micrometer's words. */
  static String outcome(int status) {
    switch (status / 100) {
      case 1:
        return "INFORMATIONAL";
      case 2:
        return "SUCCESS";
      case 3:
        return "REDIRECTION";
      case 4:
        return "CLIENT_ERROR";
      case 5:
        return "SERVER_ERROR";
      default:
        return "UNKNOWN";
    }
  }

  /** {@code 2xx}; {@code err} when there was no status. */
  static String statusClass(int status) {
    return status == 0 ? "err" : status / 100 + "xx";
  }

  /** {@code java.io.IOException} is {@code IOException}. */
  static String simpleName(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    return simple.isEmpty() ? className.toLowerCase(Locale.ROOT) : simple;
  }
}
