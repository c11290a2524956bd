// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.RootCause;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.recording.SourceAddress;
import io.sonde.agent.recording.WallClock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is as a span: {@code get /users/{id}}, kind SERVER or CLIENT, with the tags that
 * Brave's HTTP instrumentation uses, so that Zipkin's pages and searches work as for others.
 *
 * <p>Every text is cut to a length: what a request brings may be megabytes long. One thread.
 */
final class SpanMapper {

  static final int MAX_METHOD = 32;
  static final int MAX_ROUTE = 256;
  static final int MAX_PATH = 1_024;
  static final int MAX_ERROR = 256;

  /** Longer than what is shown: a mask may be shorter than what it hides. */
  static final int MAX_MESSAGE = 1_024;

  static final int MAX_NAME = 255;

  private final String serviceName;
  private final ClientIp clientIp;
  private final MessageMask mask;

  /** Most callers are the last one again: one load balancer, one gateway. */
  private @Nullable String lastCaller;

  private @Nullable String lastShown;

  /** And in a storm most messages are the last one. */
  private @Nullable String lastMessage;

  private @Nullable String lastMasked;

  SpanMapper(ServiceIdentity identity, ClientIp clientIp, MessageMask mask) {
    this.serviceName = cut(identity.name(), MAX_NAME);
    this.clientIp = clientIp;
    this.mask = mask;
  }

  void map(Exchange exchange, SpanWriter to) {
    boolean server = exchange.kind() == Exchange.Kind.SERVER;
    String method = cut(exchange.method(), MAX_METHOD);
    String route = exchange.route() == null ? null : cut(exchange.route(), MAX_ROUTE);
    to.ids(exchange.traceIdHigh(), exchange.traceId(), exchange.parentId(), exchange.spanId());
    to.kind(exchange.kind());
    to.name(method, route);
    to.time(WallClock.micros(exchange.startNanos()), Math.max(1, exchange.durationNanos() / 1_000));
    to.local(serviceName);
    remote(exchange, server, to);
    tags(exchange, method, route, to);
    if (exchange.debug()) {
      to.debug();
    }
    to.end();
  }

  private void remote(Exchange exchange, boolean server, SpanWriter to) {
    String address = server ? shown(exchange.remoteAddress()) : null;
    String host = exchange.peerHost();
    if (address != null) {
      // No port: it would be the caller's ephemeral one, which says nothing.
      to.remote(null, address, 0);
    } else if (!server && host != null) {
      String name = cut(host, MAX_NAME);
      int port = exchange.peerPort();
      to.remote(name, name, port > 0 && port <= 65_535 ? port : 0);
    }
  }

  private @Nullable String shown(@Nullable String caller) {
    if (!Objects.equals(caller, lastCaller)) {
      lastShown = SourceAddress.shown(caller, clientIp);
      lastCaller = caller;
    }
    return lastShown;
  }

  private void tags(Exchange exchange, String method, @Nullable String route, SpanWriter to) {
    String error = error(exchange);
    if (error != null) {
      to.tag("error", error);
    }
    to.tag("http.method", method);
    to.tag("http.path", cut(exchange.path(), MAX_PATH));
    if (route != null) {
      to.tag("http.route", route);
    }
    int status = exchange.status();
    if (status > 0 && status / 100 != 2) {
      to.tag("http.status_code", Integer.toString(status));
    }
    if (exchange.grpcCode() != null && status != 200) {
      to.tag("grpc.status_code", exchange.grpcCode());
    }
    if (exchange.requestId() != null) {
      to.tag("request.id", cut(exchange.requestId(), MAX_NAME));
    }
  }

  /** The root cause, as in the error records; else the status; null when all went well. */
  private @Nullable String error(Exchange exchange) {
    if (exchange.thrown() != null) {
      return describe(RootCause.of(exchange.thrown()));
    }
    if (exchange.status() == 0) {
      return "no response";
    }
    return exchange.status() >= 500 ? Integer.toString(exchange.status()) : null;
  }

  private String describe(Throwable root) {
    String type = root.getClass().getName();
    String message;
    try {
      message = root.getMessage();
    } catch (Throwable t) {
      // An exception's own code failed: its class must do.
      message = null;
    }
    return cut(
        message == null || message.isEmpty() ? type : type + ": " + masked(message), MAX_ERROR);
  }

  private @Nullable String masked(String message) {
    if (!message.equals(lastMessage)) {
      lastMessage = cut(message, MAX_MESSAGE);
      lastMasked = mask.mask(lastMessage);
    }
    return lastMasked;
  }

  /** At most {@code max} chars, and no half of a surrogate pair. */
  private static String cut(String text, int max) {
    String cut = text.length() <= max ? text : text.substring(0, max);
    for (int i = 0; i < cut.length(); i++) {
      if (Character.isSurrogate(cut.charAt(i))) {
        return wellFormed(cut);
      }
    }
    return cut;
  }

  /**
   * Lone surrogates become {@code ?}. Zipkin 2.27.1's encoders reserve three bytes for one and
   * write one: a single hostile path would make the server refuse the whole message.
   */
  private static String wellFormed(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      boolean half = point <= Character.MAX_VALUE && Character.isSurrogate((char) point);
      clean.appendCodePoint(half ? '?' : point);
    }
    return clean.toString();
  }
}
