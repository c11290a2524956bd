// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a check, as one object in the document's {@code checks}:
 *
 * <pre>
 *  "orders-db:connections":[{"componentType":"datastore","componentId":"hikari/orders-db",
 *    "observedValue":20,"observedUnit":"connections","status":"warn","output":"saturated 40s",
 *    "idle":0,"max":20}]
 * </pre>
 *
 * Immutable. Keys are {@code component:measurement}, as in the health draft (draft-inadarei-api-
 * health-check, section 4). Keys and ids beyond 120 characters and outputs beyond 300 are cut.
 */
public final class CheckResult {

  private static final int MAX_NAME = 120;
  private static final int MAX_OUTPUT = 300;
  private static final int MAX_EXTRAS = 32;
  private static final String POOL_MEASUREMENT = ":connections";
  private static final String POOL_TYPE = "datastore";

  private final String key;
  private final Status status;
  private final @Nullable String componentType;
  private final @Nullable String componentId;
  private final @Nullable Object observedValue;
  private final @Nullable String observedUnit;
  private final @Nullable String output;
  private final Map<String, Object> extras;
  private final Map<String, Object> details;

  private CheckResult(Builder builder) {
    key = builder.key;
    status = builder.status;
    componentType = builder.componentType;
    componentId = builder.componentId;
    observedValue = builder.observedValue;
    observedUnit = builder.observedUnit;
    output = builder.output;
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(builder.extras));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(builder.details));
  }

  /** Starts a passing result, e.g. for {@code http.server:responseTime}. */
  public static Builder of(String key) {
    return new Builder(key);
  }

  /**
   * Starts the result of a connection pool: its key is {@code name:connections}, its type {@code
   * datastore}, and {@code /health/pool/name} finds it.
   */
  public static Builder pool(String name) {
    return of(cut(name, MAX_NAME) + POOL_MEASUREMENT).componentType(POOL_TYPE);
  }

  /**
   * The result that a map describes, as it is in the document: how an agent reads those of another
   * copy of this library. What it does not know becomes an extra field.
   */
  public static CheckResult of(String key, Map<?, ?> fields) {
    Builder result = of(key);
    fields.forEach((name, field) -> result.take(String.valueOf(name), field));
    return result.build();
  }

  public String key() {
    return key;
  }

  public Status status() {
    return status;
  }

  /** What tells it from others of its key, or null. */
  public @Nullable String componentId() {
    return componentId;
  }

  /** {@code ms}, {@code percent} …, or null. */
  public @Nullable String observedUnit() {
    return observedUnit;
  }

  /** Why it is not {@link Status#PASS}, in one line, or null. */
  public @Nullable String output() {
    return output;
  }

  public @Nullable Object observedValue() {
    return observedValue;
  }

  /** What {@link Builder#with} has added, in that order. */
  public Map<String, Object> extras() {
    return extras;
  }

  /** What {@link Builder#detail} has added, in that order. */
  public Map<String, Object> details() {
    return details;
  }

  boolean isPool(String name) {
    return POOL_TYPE.equals(componentType) && key.equals(cut(name, MAX_NAME) + POOL_MEASUREMENT);
  }

  /** As it is in the document. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "componentType", componentType);
    put(map, "componentId", componentId);
    put(map, "observedValue", observedValue);
    put(map, "observedUnit", observedUnit);
    map.put("status", status.toString());
    put(map, "output", output);
    extras.forEach(map::putIfAbsent);
    return map;
  }

  /** As it is where this check alone was asked for. */
  Map<String, Object> toDetailedMap() {
    Map<String, Object> map = toMap();
    details.forEach(map::putIfAbsent);
    return map;
  }

  /** What is left where there is no room for all of it. */
  Map<String, Object> toShortMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "observedValue", observedValue);
    map.put("status", status.toString());
    return map;
  }

  /** The same while the status stays the same and the value its order of magnitude. */
  Map<String, Object> toStableMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("status", status.toString());
    if (observedValue instanceof Number) {
      map.put("observedValue", Rounding.coarse(((Number) observedValue).doubleValue()));
      put(map, "observedUnit", observedUnit);
    }
    return map;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + '…';
  }

  @Override
  public String toString() {
    return key + ' ' + toMap();
  }

  /** Not thread-safe. */
  public static final class Builder {

    private final String key;
    private final Map<String, Object> extras = new LinkedHashMap<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private Status status = Status.PASS;
    private @Nullable String componentType;
    private @Nullable String componentId;
    private @Nullable Object observedValue;
    private @Nullable String observedUnit;
    private @Nullable String output;

    private Builder(String key) {
      this.key = cut(key, MAX_NAME + POOL_MEASUREMENT.length());
    }

    public Builder status(Status newStatus) {
      status = newStatus;
      return this;
    }

    /** {@code component}, {@code datastore} or {@code system}. */
    public Builder componentType(String type) {
      componentType = cut(type, MAX_NAME);
      return this;
    }

    /** Tells results with the same key apart, e.g. {@code hikari/HikariPool-1}. */
    public Builder componentId(String id) {
      componentId = cut(id, MAX_NAME);
      return this;
    }

    /**
     * @param unit e.g. {@code ms}, {@code percent}, {@code requests}, {@code connections}, {@code
     *     s}
     */
    public Builder observed(@Nullable Object value, String unit) {
      observedValue = copy(value, 0);
      observedUnit = cut(unit, MAX_NAME);
      return this;
    }

    /** One line that names the numbers and since when; not the place for secrets. */
    public Builder output(@Nullable String line) {
      output = line == null ? null : cut(line, MAX_OUTPUT);
      return this;
    }

    /** As {@link #with}, unless there is a field of that name already. */
    public Builder withAbsent(String name, @Nullable Object value) {
      return extras.containsKey(name) ? this : with(name, value);
    }

    /**
     * Adds a field after the standard ones. A null is left out; the 33rd field and those after it
     * too.
     *
     * @param value String, Number, Boolean, Map or List (copied, 32 items at most); of anything
     *     else its {@code toString}
     */
    public Builder with(String name, @Nullable Object value) {
      if (value != null && extras.size() < MAX_EXTRAS) {
        extras.put(cut(name, MAX_NAME), copy(value, 0));
      }
      return this;
    }

    /**
     * Adds a field that is shown only to those who ask for this check alone; else as {@link #with}.
     */
    public Builder detail(String name, @Nullable Object value) {
      if (value != null && details.size() < MAX_EXTRAS) {
        details.put(cut(name, MAX_NAME), copy(value, 0));
      }
      return this;
    }

    private void take(String name, @Nullable Object field) {
      String text = String.valueOf(field);
      switch (name) {
        case "observedValue":
          observedValue = copy(field, 0);
          break;
        case "observedUnit":
          observedUnit = cut(text, MAX_NAME);
          break;
        case "componentType":
          componentType(text);
          break;
        case "componentId":
          componentId(text);
          break;
        case "output":
          output(text);
          break;
        case "status":
          status = Status.of(text);
          break;
        default:
          with(name, field);
      }
    }

    public CheckResult build() {
      return new CheckResult(this);
    }

    // Copied here, on the thread of the check: what a foreign toString or iterator throws must hit
    // this check and not the document.
    private static @Nullable Object copy(@Nullable Object value, int depth) {
      if (value == null || value instanceof Boolean) {
        return value;
      }
      if (value instanceof Number) {
        // Of the JDK's own types only: another's would keep its class loader alive.
        boolean ofJdk = value.getClass().getClassLoader() == null;
        return ofJdk ? value : (Object) ((Number) value).doubleValue();
      }
      if (depth < 4 && value instanceof Map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> copy.put(cut(String.valueOf(k), MAX_NAME), copy(v, depth + 1)));
        return copy;
      }
      if (depth < 4 && value instanceof Collection) {
        List<Object> copy = new ArrayList<>();
        for (Object item : (Collection<?>) value) {
          if (copy.size() == MAX_EXTRAS) {
            break;
          }
          copy.add(copy(item, depth + 1));
        }
        return copy;
      }
      return cut(String.valueOf(value), MAX_OUTPUT);
    }
  }
}
