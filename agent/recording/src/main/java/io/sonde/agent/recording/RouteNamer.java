// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Settles the route of a finished server exchange: the framework's template; else the servlet's
 * mapping; else {@code unmatched} for a 404 that no handler took, and for what was no request; else
 * a template learned from the path; {@code other} beyond the cap. The pipeline's thread, but for
 * {@link #report}.
 */
final class RouteNamer {

  static final String UNMATCHED = "unmatched";
  static final String OTHER = "other";
  static final String PROBE = "probe";

  /** {@link Exchange#mapping} of a servlet that serves whatever no other does. */
  static final String NO_MAPPING = "";

  /** Each route is several series in every backend. */
  private static final int MAX_ROUTES = 200;

  /** Names of routes beyond the cap that are shown. */
  private static final int MAX_REFUSED = 20;

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

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Set<String> learned = ConcurrentHashMap.newKeySet();
  private final LearnedRoutes learning = new LearnedRoutes(this::collapsed);
  private final ConcurrentMap<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final LongAdder other = new LongAdder();

  /** Any thread. */
  RouteReport report() {
    SortedMap<String, Long> offenders = new TreeMap<>();
    refused.forEach((route, requests) -> offenders.put(route, requests.sum()));
    return new RouteReport(
        told.size(), learned.size(), MAX_ROUTES, learning.collapsed(), other.sum(), offenders);
  }

  /** Writes {@link Exchange#route}. */
  void settle(Exchange exchange) {
    if (exchange.probe) {
      exchange.route = PROBE;
      return;
    }
    String template = template(exchange);
    if (template == null && isUnmatched(exchange)) {
      exchange.route = UNMATCHED;
    } else if (template != null) {
      exchange.route = admitted(template, told);
    } else {
      exchange.route = admitted(learning.learn(exchange.path), learned);
    }
  }

  /** Also what no server could read, and so was nobody's. */
  private static boolean isUnmatched(Exchange exchange) {
    return exchange.status == 404 || exchange.status == 400 && exchange.path.isEmpty();
  }

  /** What a framework or a mapping has told so far. Any thread. */
  static @Nullable String template(Exchange exchange) {
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

  private String admitted(String route, Set<String> known) {
    if (known.contains(route)) {
      return route;
    }
    if (told.size() + learned.size() < MAX_ROUTES) {
      known.add(route);
      return route;
    }
    other.increment();
    if (refused.size() < MAX_REFUSED || refused.containsKey(route)) {
      refused.computeIfAbsent(route, r -> new LongAdder()).increment();
    }
    return OTHER;
  }

  /** The routes there are no more: their places are free. */
  private void collapsed(String place) {
    learned.removeIf(route -> route.startsWith(place + '/'));
  }
}
