// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its response, seen from one side. Written by the application's thread until
 * it is finished, then handed over through the queue, which publishes all fields; after that only
 * read.
 */
public final class Exchange {

  /** Which side saw it. */
  public enum Kind {
    SERVER,
    CLIENT
  }

  static final int NO_GRPC = -1;

  static final byte DECISION_OPEN = 0;
  static final byte DECISION_YES = 1;
  static final byte DECISION_NO = 2;

  final Kind kind;
  final String library;
  final long startNanos;

  long durationNanos;
  String method = "";
  String path = "";
  @Nullable String query;
  @Nullable String route;

  /** Of the servlet, e.g. {@code /orders/*}: the route where no framework tells one. */
  @Nullable String mapping;

  @Nullable String handler;
  int status;
  int grpcCode = NO_GRPC;
  @Nullable Throwable thrown;
  @Nullable String remoteAddress;
  @Nullable String userAgent;
  @Nullable String peerHost;
  int peerPort = -1;
  boolean probe;
  String threadName = "";

  long traceIdHigh;
  long traceId;
  long spanId;
  long parentId;
  byte decision = DECISION_OPEN;
  boolean debug;
  @Nullable String requestId;
  @Nullable String traceState;

  /** B3's several headers until the last of them is read; then null again. */
  @Nullable String b3TraceId;

  @Nullable String b3SpanId;
  @Nullable String b3Sampled;

  /** True when a caller gave the trace; without Zipkin only such traces are passed on. */
  boolean continued;

  /** What it waits for a connection of. Read by other threads; a moment late is fine. */
  @Nullable ConnectionSource waitsFor;

  /** The server's own, which may answer if the handler throws; with {@code exceptions.recover}. */
  @Nullable Object answerer;

  /** Where it stands in the {@link LiveTable}, or -1. */
  int slot = -1;

  private static final AtomicIntegerFieldUpdater<Exchange> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "state");

  private static final int IN_FLIGHT = 0;
  private static final int FINISHED = 1;

  /** Written once, by whichever thread finishes it first. */
  private volatile int state = IN_FLIGHT;

  private volatile long endNanos;

  Exchange(Kind kind, String library, long startNanos) {
    this.kind = kind;
    this.library = library;
    this.startNanos = startNanos;
  }

  public Kind kind() {
    return kind;
  }

  /** The instrumentation that saw it, e.g. {@code tomcat}. */
  public String library() {
    return library;
  }

  /** {@link System#nanoTime} at the start; {@link WallClock} turns it into a time of day. */
  public long startNanos() {
    return startNanos;
  }

  public long durationNanos() {
    return durationNanos;
  }

  /** As it came, e.g. {@code GET}; hostile input. */
  public String method() {
    return method;
  }

  /** Decoded, without query; hostile input. */
  public String path() {
    return path;
  }

  /** Raw, without {@code ?}; its values may be secrets: see {@link QueryMask}. */
  public @Nullable String query() {
    return query;
  }

  /**
   * The framework's template, {@code unmatched}, or null: then {@link RouteNamer} has not decided
   * yet.
   */
  public @Nullable String route() {
    return route;
  }

  /** The route as far as it is known while the request runs: learned from the path if need be. */
  public String routeSoFar() {
    String known = RouteNamer.template(this);
    return known == null ? LearnedRoutes.shape(path) : known;
  }

  /** Whether it waits for a connection of this pool or store at this moment. */
  public boolean waitsFor(ConnectionSource source) {
    return waitsFor == source;
  }

  /** What handled it, e.g. {@code OrderController#find(long)}, or a servlet's class. */
  public @Nullable String handler() {
    return handler;
  }

  /** 0 when there was none: the connection was dropped, or never made. */
  public int status() {
    return status;
  }

  /** Of gRPC, e.g. {@code NOT_FOUND}; {@link #status} is HTTP's for it. Null of others. */
  public @Nullable String grpcCode() {
    return grpcCode == NO_GRPC ? null : GrpcCodes.name(grpcCode);
  }

  /** What escaped the handler, or what the client call threw. */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /** The caller's IP address. */
  public @Nullable String remoteAddress() {
    return remoteAddress;
  }

  public @Nullable String userAgent() {
    return userAgent;
  }

  /** Of a client exchange: the host as the application wrote it. */
  public @Nullable String peerHost() {
    return peerHost;
  }

  /** Of a client exchange: the effective port, or -1. */
  public int peerPort() {
    return peerPort;
  }

  /**
   * True when a prober asked (Consul, Kubernetes, a load balancer): counted apart, never traced.
   */
  public boolean probe() {
    return probe;
  }

  /** Name of the thread that finished it. */
  public String threadName() {
    return threadName;
  }

  /** Upper 64 bits of the trace id; 0 when the trace has a 64-bit id. */
  public long traceIdHigh() {
    return traceIdHigh;
  }

  /** Lower 64 bits of the trace id; never 0. */
  public long traceId() {
    return traceId;
  }

  public long spanId() {
    return spanId;
  }

  /** 0 when this is the trace's root. */
  public long parentId() {
    return parentId;
  }

  /** True when it becomes a span. */
  public boolean sampled() {
    return decision == DECISION_YES;
  }

  /** True when the caller forced the trace (B3 debug flag). */
  public boolean debug() {
    return debug;
  }

  /**
   * Given by the caller, or else the trace id. Made when first asked for; several threads may make
   * it, alike.
   */
  public String requestId() {
    String id = requestId;
    if (id == null) {
      id = traceIdString();
      requestId = id;
    }
    return id;
  }

  /** True for the one caller that ends it. */
  boolean end(long nowNanos) {
    if (state != IN_FLIGHT || !STATE.compareAndSet(this, IN_FLIGHT, FINISHED)) {
      return false;
    }
    endNanos = nowNanos;
    durationNanos = nowNanos - startNanos;
    return true;
  }

  boolean isFinished() {
    return state == FINISHED;
  }

  /** True when it ended more than {@code graceNanos} ago. */
  boolean endedBefore(long nowNanos, long graceNanos) {
    // 0: it is ending just now.
    return state == FINISHED && endNanos != 0 && nowNanos - endNanos > graceNanos;
  }

  /** {@code 1xx} … {@code 5xx}, or {@code err} when there was no status. */
  public String statusClass() {
    switch (status / 100) {
      case 1:
        return "1xx";
      case 2:
        return "2xx";
      case 3:
        return "3xx";
      case 4:
        return "4xx";
      case 5:
        return "5xx";
      default:
        return "err";
    }
  }

  /** 32 or 16 lower-hex characters. */
  public String traceIdString() {
    return Ids.hex(traceIdHigh, traceId);
  }

  /** 16 lower-hex characters. */
  public String spanIdString() {
    return Ids.hex(spanId);
  }
}
