// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Takes one span's fields from {@link SpanMapper}, in the order of these methods, each at most once
 * but {@link #tag}. Texts may be hostile, but not longer than the mapper allows. One thread.
 */
interface SpanWriter {

  /**
   * Begins the span.
   *
   * @param traceIdHigh 0: the trace has a 64-bit id
   * @param parentId 0: the span is the trace's root
   */
  void ids(long traceIdHigh, long traceId, long parentId, long spanId);

  void kind(Exchange.Kind kind);

  /** To be written in lower case, as {@code method}, or as {@code method route}. */
  void name(String method, @Nullable String route);

  /** Microseconds since 1970, and microseconds, at least 1. */
  void time(long timestamp, long duration);

  /** To be written in lower case. */
  void local(String serviceName);

  /**
   * At least one is given.
   *
   * @param serviceName to be written in lower case
   * @param ip perhaps an IP address; anything else is left out
   * @param port 0 when unknown
   */
  void remote(@Nullable String serviceName, @Nullable String ip, int port);

  /** Keys come in alphabetical order. */
  void tag(String key, String value);

  /** The caller forced the trace. */
  void debug();

  /** Ends the span: it is in the batch. */
  void end();
}
