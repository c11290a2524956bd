// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers of servers and of their thread pools through public getters, by name: Sonde's
 * loader cannot link the libraries. -1 is what cannot be read.
 *
 * <p>For Sonde's threads. A {@code Method} is kept by its class and nowhere else, so that it does
 * not keep the application's class loader alive. No library is walked; the JDK's and Tomcat's pools
 * count their active workers under their own lock, as they do for JMX.
 */
public final class ServerNumbers {

  private static final String XNIO_BEAN = "getMXBean";

  private static final ClassValue<ConcurrentMap<String, Optional<Method>>> GETTERS =
      new ClassValue<ConcurrentMap<String, Optional<Method>>>() {
        @Override
        protected ConcurrentMap<String, Optional<Method>> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private ServerNumbers() {}

  /** Threads at work. */
  public static int busyThreads(Object pool) {
    if (pool instanceof ThreadPoolExecutor) {
      return ((ThreadPoolExecutor) pool).getActiveCount();
    }
    if (pool instanceof ForkJoinPool) {
      return ((ForkJoinPool) pool).getActiveThreadCount();
    }
    // Jetty; Tomcat's own and its standard executor.
    int busy = first(pool, "getUtilizedThreads", "getActiveCount");
    return busy >= 0 ? busy : number(value(pool, XNIO_BEAN), "getBusyWorkerThreadCount");
  }

  /** How many there may be; -1 when that is not limited. */
  public static int maxThreads(Object pool) {
    if (pool instanceof ForkJoinPool) {
      return ((ForkJoinPool) pool).getParallelism();
    }
    if (pool instanceof ThreadPoolExecutor) {
      return limit(((ThreadPoolExecutor) pool).getMaximumPoolSize());
    }
    int max = first(pool, "getMaxAvailableThreads", "getMaximumPoolSize", "getMaxThreads");
    return limit(max >= 0 ? max : number(value(pool, XNIO_BEAN), "getMaxWorkerPoolSize"));
  }

  /** A number from a getter without arguments, or the size of the collection that it returns. */
  public static int number(@Nullable Object target, String getter) {
    Object value = value(target, getter);
    if (value instanceof Collection) {
      return ((Collection<?>) value).size();
    }
    return value instanceof Number
        ? (int) Math.max(-1, Math.min(Integer.MAX_VALUE, ((Number) value).longValue()))
        : -1;
  }

  /** What a public getter without arguments returns, or null. */
  public static @Nullable Object value(@Nullable Object target, String getter) {
    if (target == null) {
      return null;
    }
    try {
      Method method = getter(target.getClass(), getter);
      return method == null ? null : method.invoke(target);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable Method getter(Class<?> type, String name) {
    ConcurrentMap<String, Optional<Method>> getters = GETTERS.get(type);
    Optional<Method> known = getters.get(name);
    return (known == null ? getters.computeIfAbsent(name, n -> find(type, n)) : known).orElse(null);
  }

  private static Optional<Method> find(Class<?> type, String name) {
    try {
      Method method = type.getMethod(name);
      method.setAccessible(true); // a public method of a class that is not
      return Optional.of(method);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  /** Where a library says "none" by 0, by a negative or by the largest number. */
  public static int limit(int max) {
    return max <= 0 || max == Integer.MAX_VALUE ? -1 : max;
  }

  private static int first(Object target, String... getters) {
    for (String getter : getters) {
      int number = number(target, getter);
      if (number >= 0) {
        return number;
      }
    }
    return -1;
  }
}
