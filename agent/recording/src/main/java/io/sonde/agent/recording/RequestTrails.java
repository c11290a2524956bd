// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went before an exception in its request: the last lines it logged, and its calls.
 *
 * <pre>
 *  INFO com.shop.Cart: loading cart 7
 *  GET orders:8080/orders/7 200 12 ms
 * </pre>
 *
 * <p>Lines are kept by request, of those that log, until it ends; of finished calls the last ones
 * of all requests. Keeps no throwable, and with it no class of the application. The pipeline's
 * thread only.
 */
final class RequestTrails {

  static final int MAX_LINES = 20;
  static final int MAX_CALLS = 512;
  private static final int MAX_REQUESTS = 256;
  private static final int MAX_LINE = 200;

  /** By the span of the request. The eldest makes room. */
  private final Map<Long, Deque<String>> lines =
      new LinkedHashMap<Long, Deque<String>>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Deque<String>> eldest) {
          return size() > MAX_REQUESTS;
        }
      };

  /** A ring: nothing is made for a call that nobody asks for. */
  private final @Nullable Exchange[] calls = new Exchange[MAX_CALLS];

  private int nextCall;

  void logged(LogEvent event) {
    Exchange exchange = event.exchange();
    if (exchange == null || exchange.isFinished()) {
      return;
    }
    Deque<String> own = lines.computeIfAbsent(exchange.spanId, span -> new ArrayDeque<>());
    if (own.size() == MAX_LINES) {
      own.remove();
    }
    own.add(event.levelName() + ' ' + event.logger() + ": " + cut(event.message()));
  }

  void called(Exchange call) {
    if (call.parentId != 0 && call.thrown == null) {
      calls[nextCall] = call;
      nextCall = (nextCall + 1) % MAX_CALLS;
    }
  }

  /** What is known of the request, which is forgotten with it. Each line without its end. */
  List<String> take(Exchange request) {
    Deque<String> own = lines.remove(request.spanId);
    List<String> trail = new ArrayList<>(own == null ? Collections.<String>emptyList() : own);
    for (int i = 0; i < MAX_CALLS && trail.size() < 2 * MAX_LINES; i++) {
      Exchange call = calls[(nextCall + i) % MAX_CALLS];
      if (call != null && call.parentId == request.spanId && call.traceId == request.traceId) {
        trail.add(text(call));
      }
    }
    return trail;
  }

  /** It went well. */
  void forget(Exchange request) {
    if (!lines.isEmpty()) {
      lines.remove(request.spanId);
    }
  }

  private static String text(Exchange call) {
    String peer = call.peerPort < 0 ? call.peerHost : call.peerHost + ":" + call.peerPort;
    long millis = call.durationNanos / 1_000_000;
    return cut(call.method + ' ' + peer + call.path) + ' ' + call.status + ' ' + millis + " ms";
  }

  private static String cut(String text) {
    return text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE);
  }
}
