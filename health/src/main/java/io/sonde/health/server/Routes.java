// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Which handler answers what; the longest prefix wins. Any thread may add. */
final class Routes {

  private static final class Route {

    final String prefix;
    final Handler handler;

    Route(String prefix, Handler handler) {
      this.prefix = prefix;
      this.handler = handler;
    }

    boolean matches(String path) {
      return path.startsWith(prefix)
          && (prefix.endsWith("/")
              || path.length() == prefix.length()
              || path.charAt(prefix.length()) == '/');
    }
  }

  private volatile List<Route> routes = Collections.emptyList();

  synchronized void add(String prefix, Handler handler) {
    List<Route> sorted = new ArrayList<>(routes);
    sorted.removeIf(route -> route.prefix.equals(prefix));
    sorted.add(new Route(prefix, handler));
    sorted.sort(Comparator.comparingInt((Route route) -> route.prefix.length()).reversed());
    routes = sorted;
  }

  /** Never throws. */
  Response answer(Request request) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.error(405, "GET and HEAD only").with("Allow", "GET, HEAD");
    }
    if (leavesItsPlace(request.path())) {
      return Response.notFound();
    }
    try {
      for (Route route : routes) {
        if (route.matches(request.path())) {
          Response response = route.handler.handle(request);
          return response == null ? Response.notFound() : response;
        }
      }
      return Response.notFound();
    } catch (Throwable t) {
      return Response.error(500, "internal error");
    }
  }

  // After decoding, so that %2e%2e is seen too. No client of ours sends such a path.
  private static boolean leavesItsPlace(String path) {
    String closed = path + '/';
    return closed.contains("/../") || closed.contains("/./") || path.indexOf('\\') >= 0;
  }
}
