// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes an exchange's ids, header by header, in the order of the settings: the first
 * format that is valid wins.
 */
final class Correlation {

  /** Of probers: their requests are counted apart, never traced. */
  private static final String[] PROBERS = {
    "Consul Health Check",
    "kube-probe/",
    "ELB-HealthChecker/",
    "GoogleHC/",
    "Envoy/HC",
    "Amazon-Route53-Health-Check-Service"
  };

  private static final int DONE = Integer.MAX_VALUE;

  private final Propagation propagation;
  private final Sampler sampler;

  Correlation(Propagation propagation, Sampler sampler) {
    this.propagation = propagation;
    this.sampler = sampler;
  }

  /** Returns the index of the next header that may matter. */
  int read(Exchange exchange, int index, @Nullable String value) {
    Propagation.Field field = propagation.extractFields[index];
    switch (field) {
      case USER_AGENT:
        exchange.userAgent = value;
        exchange.probe = isProbe(value);
        return index + 1;
      case REQUEST_ID:
        exchange.requestId = RequestId.valid(value);
        return index + 1;
      case B3:
        return TraceHeaders.readB3(value, exchange) && hasIds(exchange) ? DONE : index + 1;
      case B3_TRACE_ID:
        exchange.b3TraceId = value;
        return index + (value == null ? 2 : 1);
      case B3_SPAN_ID:
        exchange.b3SpanId = value;
        return index + 1;
      case B3_SAMPLED:
        exchange.b3Sampled = value;
        return index + 1;
      case B3_FLAGS:
        return readB3Multi(exchange, value) && hasIds(exchange) ? DONE : index + 1;
      case TRACEPARENT:
        return index + (TraceHeaders.readTraceparent(value, exchange) ? 1 : 2);
      default:
        exchange.traceState = TraceHeaders.traceState(value);
        return DONE;
    }
  }

  /** Completes the ids of a server exchange after its headers were read. */
  void settle(Exchange exchange) {
    exchange.continued = hasIds(exchange);
    if (!exchange.continued) {
      startTrace(exchange);
    }
    exchange.spanId = newId();
    decide(exchange);
  }

  /** A client exchange is a child of what its thread serves, or starts a trace. */
  void settleClient(Exchange exchange, @Nullable Exchange parent) {
    if (parent == null) {
      startTrace(exchange);
      exchange.spanId = newId();
      decide(exchange);
      return;
    }
    exchange.traceIdHigh = parent.traceIdHigh;
    exchange.traceId = parent.traceId;
    exchange.decision = parent.decision;
    exchange.debug = parent.debug;
    exchange.traceState = parent.traceState;
    exchange.requestId = parent.requestId();
    exchange.continued = parent.continued;
    exchange.parentId = parent.spanId;
    // Without Zipkin our span exists nowhere: the next service hangs on to our caller's.
    exchange.spanId = propagation.originate ? newId() : parent.parentId;
  }

  /** The field to write as the {@code index}-th, or null when there are no more. */
  Propagation.@Nullable Field write(Exchange exchange, int index) {
    if (exchange.kind == Exchange.Kind.SERVER) {
      return index == 0 && propagation.respond ? Propagation.Field.REQUEST_ID : null;
    }
    if (exchange.peerHost != null && !propagation.mayLeaveTo(exchange.peerHost)) {
      return null;
    }
    int position = 0;
    for (Propagation.Field field : propagation.injectFields) {
      if (isWritten(field, exchange) && position++ == index) {
        return field;
      }
    }
    return null;
  }

  String value(Propagation.Field field, Exchange exchange) {
    switch (field) {
      case REQUEST_ID:
        return exchange.requestId();
      case B3:
        return TraceHeaders.b3(exchange);
      case B3_TRACE_ID:
        return exchange.traceIdString();
      case B3_SPAN_ID:
        return exchange.spanIdString();
      case B3_SAMPLED:
        return exchange.decision == Exchange.DECISION_YES ? "1" : "0";
      case B3_FLAGS:
        return "1";
      case TRACEPARENT:
        return TraceHeaders.traceparent(exchange);
      default:
        return exchange.traceState == null ? "" : exchange.traceState;
    }
  }

  /** The same in US-ASCII. An id that nobody has asked for as text yet is not made into one. */
  byte[] valueBytes(Propagation.Field field, Exchange exchange) {
    return field == Propagation.Field.REQUEST_ID && exchange.requestId == null
        ? Ids.hexBytes(exchange.traceIdHigh, exchange.traceId)
        : value(field, exchange).getBytes(StandardCharsets.US_ASCII);
  }

  /** The same behind what is there, without garbage where there are ids only. */
  void append(Propagation.Field field, Exchange exchange, StringBuilder to) {
    if (field == Propagation.Field.B3) {
      TraceHeaders.b3(exchange, to);
    } else if (field == Propagation.Field.TRACEPARENT) {
      TraceHeaders.traceparent(exchange, to);
    } else if (field == Propagation.Field.REQUEST_ID && exchange.requestId == null) {
      Ids.append(to, exchange.traceIdHigh, exchange.traceId);
    } else {
      to.append(value(field, exchange));
    }
  }

  private boolean isWritten(Propagation.Field field, Exchange exchange) {
    boolean traced = propagation.originate || exchange.continued;
    switch (field) {
      case REQUEST_ID:
        return traced || exchange.parentId != 0;
      case B3_FLAGS:
        return traced && exchange.debug;
      case B3_SAMPLED:
        return traced && exchange.decision != Exchange.DECISION_OPEN;
      case TRACESTATE:
        return traced && exchange.traceState != null;
      default:
        return traced;
    }
  }

  private void decide(Exchange exchange) {
    if (exchange.probe) {
      exchange.decision = Exchange.DECISION_NO;
    } else if (exchange.debug) {
      boolean allowed = sampler.withinLimit(exchange.startNanos);
      exchange.debug = allowed;
      exchange.decision = allowed ? Exchange.DECISION_YES : Exchange.DECISION_NO;
    } else if (exchange.decision == Exchange.DECISION_OPEN && propagation.originate) {
      exchange.decision =
          sampler.sample(exchange.startNanos) ? Exchange.DECISION_YES : Exchange.DECISION_NO;
    }
  }

  private static void startTrace(Exchange exchange) {
    exchange.traceIdHigh = newId();
    exchange.traceId = newId();
    exchange.parentId = 0;
  }

  private static boolean readB3Multi(Exchange exchange, @Nullable String flags) {
    boolean valid =
        TraceHeaders.readB3Multi(
            exchange.b3TraceId, exchange.b3SpanId, null, exchange.b3Sampled, flags, exchange);
    exchange.b3TraceId = null;
    exchange.b3SpanId = null;
    exchange.b3Sampled = null;
    return valid;
  }

  private static boolean hasIds(Exchange exchange) {
    return exchange.traceId != 0 && exchange.parentId != 0;
  }

  private static boolean isProbe(@Nullable String userAgent) {
    if (userAgent != null) {
      for (String prober : PROBERS) {
        if (userAgent.startsWith(prober)) {
          return true;
        }
      }
    }
    return false;
  }

  private static long newId() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return id;
  }
}
