// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a class of arguments says by name: those of logstash-logback-encoder 4 and later, which an
 * application gives to its messages ({@code kv("order", 7)}, {@code entries(map)}) or makes its
 * markers of. Read by reflection: Sonde's loader cannot link them.
 *
 * <p>For the thread that logs, since what they hold may change later. Found once a class, and kept
 * by the class itself, so that no class loader of the application is kept alive.
 */
class StructuredArgument {

  private static final String PACKAGE = "net.logstash.logback.marker.";
  private static final String SINGLE = PACKAGE + "SingleFieldAppendingMarker";
  private static final String ENTRIES = PACKAGE + "MapEntriesAppendingMarker";

  /** Any other argument. */
  private static final StructuredArgument NONE = new StructuredArgument();

  private static final ClassValue<StructuredArgument> KNOWN =
      new ClassValue<StructuredArgument>() {
        @Override
        protected StructuredArgument computeValue(Class<?> type) {
          try {
            return find(type);
          } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return NONE;
          }
        }
      };

  private StructuredArgument() {}

  static StructuredArgument of(Class<?> type) {
    return KNOWN.get(type);
  }

  private static StructuredArgument find(Class<?> type) throws ReflectiveOperationException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(SINGLE)) {
        return new Single(at);
      }
      if (at.getName().equals(ENTRIES)) {
        return new Entries(at);
      }
    }
    return NONE;
  }

  /** The labels with those of the argument. */
  @Nullable Map<String, String> label(@Nullable Map<String, String> labels, Object argument) {
    return labels;
  }

  /** Arrays as {@code [1, 2]}; all else as it prints itself. */
  private static String text(Object value) {
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    String inAnArray = Arrays.deepToString(new Object[] {value});
    return inAnArray.substring(1, inAnArray.length() - 1);
  }

  private static <T extends AccessibleObject> T accessible(T member) {
    member.setAccessible(true); // neither public nor of a class that must be
    return member;
  }

  /** A name and a value. */
  private static final class Single extends StructuredArgument {

    private final Method name;
    private final Method value;

    Single(Class<?> type) throws ReflectiveOperationException {
      name = accessible(type.getDeclaredMethod("getFieldName"));
      value = accessible(type.getDeclaredMethod("getFieldValue"));
    }

    @Override
    @Nullable Map<String, String> label(@Nullable Map<String, String> labels, Object argument) {
      try {
        Object key = name.invoke(argument);
        Object held = value.invoke(argument);
        return key == null || held == null
            ? labels
            : LogLabels.of(labels).with(key.toString(), text(held));
      } catch (ReflectiveOperationException e) {
        return labels; // it throws when it is asked
      }
    }
  }

  /** Many of both. */
  private static final class Entries extends StructuredArgument {

    private final Field map;

    Entries(Class<?> type) throws ReflectiveOperationException {
      map = accessible(type.getDeclaredField("map"));
    }

    @Override
    @Nullable Map<String, String> label(@Nullable Map<String, String> labels, Object argument) {
      LogLabels all = LogLabels.of(labels);
      for (Map.Entry<?, ?> entry : entries(argument).entrySet()) {
        if (entry.getKey() != null && entry.getValue() != null) {
          all.with(entry.getKey().toString(), text(entry.getValue()));
        }
      }
      return all;
    }

    private Map<?, ?> entries(Object argument) {
      try {
        Object entries = map.get(argument);
        return entries == null ? Collections.emptyMap() : (Map<?, ?>) entries;
      } catch (IllegalAccessException e) {
        return Collections.emptyMap();
      }
    }
  }
}
