// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Route and name of resources' methods (JAX-RS): made once, so that a request allocates nothing
 * here. Of fixed size: more than fit push each other out and are made again. Any thread, no lock;
 * two threads may make the same.
 */
final class ResourceTable {

  /** What is known of a method below a base. Immutable. */
  static final class Resource {
    /** Weak: it would hold an application that was undeployed. */
    private final WeakReference<Method> method;

    private final String base;
    private final String templates;
    final String route;
    final String handler;

    Resource(String base, String templates, Method method) {
      this.method = new WeakReference<>(method);
      this.base = base;
      this.templates = templates;
      this.route = routeOf(base, templates);
      this.handler = nameOf(method);
    }

    private boolean is(String otherBase, CharSequence otherTemplates, Method otherMethod) {
      return method.get() == otherMethod
          && base.equals(otherBase)
          && templates.contentEquals(otherTemplates);
    }
  }

  private static final int SIZE = 1_024;
  private static final int MASK = SIZE - 1;

  /** Places a resource may stand at: with one, 5 pairs of 100 resources would collide. */
  private static final int PLACES = 4;

  private final AtomicReferenceArray<@Nullable Resource> table = new AtomicReferenceArray<>(SIZE);

  /**
   * @param method the framework's own object, the same on each request; another means a new entry
   */
  Resource of(@Nullable String base, CharSequence templates, Method method) {
    String path = base == null ? "" : base;
    // A resource of a superclass has one method and many templates.
    int first = System.identityHashCode(method) + path.hashCode() + 31 * templates.length();
    for (int i = 0; i < PLACES; i++) {
      Resource known = table.get((first + i) & MASK);
      if (known != null && known.is(path, templates, method)) {
        return known;
      }
    }
    Resource made = new Resource(path, templates.toString(), method);
    table.set(placeFor(first), made);
    return made;
  }

  private int placeFor(int first) {
    for (int i = 0; i < PLACES; i++) {
      int place = (first + i) & MASK;
      Resource there = table.get(place);
      if (there == null || there.method.get() == null) {
        return place;
      }
    }
    return first & MASK;
  }

  // ---- route -----------------------------------------------------------------------------------

  /** {@code /api//} and {@code orders/{id: [0-9]+}/} are {@code /api/orders/{id}}. */
  static String routeOf(String base, CharSequence templates) {
    StringBuilder route = new StringBuilder(base.length() + templates.length() + 2).append('/');
    appendBase(base, route);
    appendSlash(route);
    appendTemplates(templates, route);
    int last = route.length() - 1;
    if (last > 0 && route.charAt(last) == '/') {
      route.setLength(last);
    }
    return route.toString();
  }

  /** Without path parameters, {@code ;jsessionid=…}: the caller may write any. */
  private static void appendBase(String base, StringBuilder route) {
    boolean parameter = false;
    for (int i = 0; i < base.length(); i++) {
      char c = base.charAt(i);
      if (c == '/') {
        parameter = false;
        appendSlash(route);
      } else {
        parameter |= c == ';';
        if (!parameter) {
          route.append(c);
        }
      }
    }
  }

  /** Of a variable its name only; its pattern may have braces and slashes of its own. */
  private static void appendTemplates(CharSequence templates, StringBuilder route) {
    int braces = 0;
    boolean pattern = false;
    for (int i = 0; i < templates.length(); i++) {
      char c = templates.charAt(i);
      if (c == '{') {
        pattern &= braces > 0;
        braces++;
      } else if (c == '}') {
        braces--;
      }
      pattern |= braces > 0 && c == ':';
      if (braces == 0 && c == '/') {
        appendSlash(route);
      } else if (braces == 0 || !pattern && c != ' ') {
        route.append(c);
      }
    }
  }

  private static void appendSlash(StringBuilder route) {
    if (route.charAt(route.length() - 1) != '/') {
      route.append('/');
    }
  }

  // ---- name ------------------------------------------------------------------------------------

  /** As Spring writes it: {@code com.acme.Orders#find(long, Filter)}. */
  static String nameOf(Method method) {
    String owner = method.getDeclaringClass().getName();
    StringJoiner name = new StringJoiner(", ", owner + '#' + method.getName() + '(', ")");
    for (Class<?> parameter : method.getParameterTypes()) {
      name.add(simpleName(parameter));
    }
    return name.toString();
  }

  /** {@link Class#getSimpleName} throws for some of Scala's classes on Java 8. */
  private static String simpleName(Class<?> type) {
    String name = type.getTypeName();
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
