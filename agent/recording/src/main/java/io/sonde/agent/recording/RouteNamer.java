// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles the route of a finished server exchange: the framework's template; else the servlet's
 * mapping; else {@code unmatched} for a 404 that no handler took; else a template learned from the
 * path; {@code other} beyond the cap. The pipeline's thread only.
 */
final class RouteNamer {

  static final String UNMATCHED = "unmatched";
  static final String OTHER = "other";
  static final String PROBE = "probe";

  /** {@link Exchange#mapping} of a servlet that serves whatever no other does. */
  static final String NO_MAPPING = "";

  /** Each route is several series in every backend. */
  private static final int MAX_ROUTES = 200;

  private static final int MAX_SEGMENTS = 8;

  /**
   * Servlets whose mapping says less than the path: one of them serves a whole application, or
   * files. Beginnings of class names.
   */
  private static final String[] FRONT_CONTROLLERS = {
    "org.springframework.",
    "org.apache.catalina.servlets.",
    "org.apache.jasper.",
    "org.glassfish.jersey.",
    "com.sun.jersey.",
    "org.jboss.resteasy.",
    "org.apache.cxf.",
    "org.restlet.",
    "org.apache.struts",
    "org.apache.wicket.",
    "com.vaadin.",
    "javax.faces.",
    "jakarta.faces."
  };

  private final Set<String> known = new HashSet<>();

  /** Writes {@link Exchange#route}. */
  void settle(Exchange exchange) {
    if (exchange.probe) {
      exchange.route = PROBE;
      return;
    }
    String told = told(exchange);
    if (told == null && exchange.status == 404) {
      exchange.route = UNMATCHED;
    } else {
      String route = told == null ? learn(exchange.path) : told;
      exchange.route = admit(route) ? route : OTHER;
    }
  }

  private static @Nullable String told(Exchange exchange) {
    if (exchange.route != null || exchange.mapping == null) {
      return exchange.route;
    }
    boolean tellsNothing = exchange.mapping.equals(NO_MAPPING);
    return tellsNothing || isFrontController(exchange.handler) ? null : exchange.mapping;
  }

  private static boolean isFrontController(@Nullable String servlet) {
    if (servlet != null) {
      for (String front : FRONT_CONTROLLERS) {
        if (servlet.startsWith(front)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean admit(String route) {
    return known.contains(route) || known.size() < MAX_ROUTES && known.add(route);
  }

  /**
   * Replaces the segments that look like values: {@code /users/4711} becomes {@code /users/{id}}.
   */
  static String learn(String path) {
    StringBuilder route = new StringBuilder(path.length());
    int segments = 0;
    int from = 0;
    while (from < path.length()) {
      int end = path.indexOf('/', from);
      if (end < 0) {
        end = path.length();
      }
      if (end > from) {
        if (++segments > MAX_SEGMENTS) {
          return route.append("/*").toString();
        }
        route.append('/').append(isValue(path, from, end) ? "{id}" : path.substring(from, end));
      }
      from = end + 1;
    }
    return route.length() == 0 ? "/" : route.toString();
  }

  /** Numbers, UUIDs, hashes, mixed words, long words, and whatever holds an odd character. */
  private static boolean isValue(String path, int from, int end) {
    if (end - from > 40) {
      return true;
    }
    int digits = 0;
    boolean hex = true;
    for (int i = from; i < end; i++) {
      char c = path.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (!isPlain(c)) {
        return true;
      }
      hex &= Character.digit(c, 16) >= 0 || c == '-';
    }
    boolean version = digits < 3 && path.charAt(from) == 'v';
    return digits > 0 && !version && (hex || digits >= 2 || digits == end - from);
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.';
  }
}
