// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.pool;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls getters and reads fields by name. No {@code Method} is kept: it would keep the
 * application's class loader alive, and five look-ups a pool and interval are nothing.
 */
public final class Getters {

  private Getters() {}

  /** Null when there is no such public method without arguments, or when it throws. */
  public static @Nullable Object call(@Nullable Object target, String getter) {
    if (target == null) {
      return null;
    }
    try {
      Method method = target.getClass().getMethod(getter);
      // Public methods of classes that are not.
      method.setAccessible(true);
      return method.invoke(target);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** The field of this name, the class's own or inherited, whatever its access; null when none. */
  public static @Nullable Object field(@Nullable Object target, String name) {
    if (target == null) {
      return null;
    }
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(target);
      } catch (NoSuchFieldException e) {
        // One of the super classes may have it.
      } catch (ReflectiveOperationException | RuntimeException e) {
        return null;
      }
    }
    return null;
  }

  /** -1 when it is no number. */
  public static int number(@Nullable Object value) {
    return value instanceof Number ? ((Number) value).intValue() : -1;
  }

  public static int number(@Nullable Object target, String getter) {
    return number(call(target, getter));
  }

  public static boolean isTrue(@Nullable Object value) {
    return Boolean.TRUE.equals(value);
  }

  /** The other name when there is none. */
  public static String textOr(@Nullable Object value, String other) {
    return value instanceof String && !((String) value).isEmpty() ? (String) value : other;
  }
}
