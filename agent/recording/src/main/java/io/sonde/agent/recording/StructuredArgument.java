// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an argument says by name: those of logstash-logback-encoder 4 and later, which an
 * application gives to its messages ({@code kv("order", 7)}, {@code entries(map)}) or makes its
 * markers of. Read by reflection: Sonde's loader cannot link them.
 *
 * <p>For the thread that logs, since what they hold may change later. Members are found once a
 * class, and kept by the class itself, so that no class loader of the application is kept alive;
 * and since String keeps its own, too, nothing of Sonde's is kept with them.
 */
final class StructuredArgument {

  private static final String PACKAGE = "net.logstash.logback.marker.";
  private static final String SINGLE = PACKAGE + "SingleFieldAppendingMarker";
  private static final String ENTRIES = PACKAGE + "MapEntriesAppendingMarker";

  /** The getters of a name and of a value, or the field of a map of both; none: any other class. */
  private static final ClassValue<AccessibleObject[]> MEMBERS =
      new ClassValue<AccessibleObject[]>() {
        @Override
        protected AccessibleObject[] computeValue(Class<?> type) {
          try {
            AccessibleObject[] members = find(type);
            AccessibleObject.setAccessible(members, true); // neither public nor of such a class
            return members;
          } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return new AccessibleObject[0];
          }
        }
      };

  private StructuredArgument() {}

  private static AccessibleObject[] find(Class<?> type) throws ReflectiveOperationException {
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(SINGLE)) {
        return new AccessibleObject[] {
          at.getDeclaredMethod("getFieldName"), at.getDeclaredMethod("getFieldValue")
        };
      }
      if (at.getName().equals(ENTRIES)) {
        return new AccessibleObject[] {at.getDeclaredField("map")};
      }
    }
    return new AccessibleObject[0];
  }

  /** The labels with those of the argument. */
  static @Nullable Map<String, String> label(
      @Nullable Map<String, String> labels, Object argument) {
    AccessibleObject[] members = MEMBERS.get(argument.getClass());
    try {
      switch (members.length) {
        case 0:
          return labels;
        case 1:
          return entries(labels, (Map<?, ?>) ((Field) members[0]).get(argument));
        default:
          return single(
              labels,
              ((Method) members[0]).invoke(argument),
              ((Method) members[1]).invoke(argument));
      }
    } catch (ReflectiveOperationException e) {
      return labels; // it throws when it is asked
    }
  }

  private static @Nullable Map<String, String> single(
      @Nullable Map<String, String> labels, @Nullable Object key, @Nullable Object value) {
    return key == null || value == null
        ? labels
        : LogLabels.of(labels).with(key.toString(), text(value));
  }

  private static @Nullable Map<String, String> entries(
      @Nullable Map<String, String> labels, @Nullable Map<?, ?> entries) {
    Map<String, String> all = labels;
    if (entries != null) {
      for (Map.Entry<?, ?> entry : entries.entrySet()) {
        all = single(all, entry.getKey(), entry.getValue());
      }
    }
    return all;
  }

  /** Arrays as {@code [1, 2]}; all else as it prints itself. */
  private static String text(Object value) {
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    String inAnArray = Arrays.deepToString(new Object[] {value});
    return inAnArray.substring(1, inAnArray.length() - 1);
  }
}
