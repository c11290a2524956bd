// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Which correlation headers are read and written, and their order (settings {@code propagation.*},
 * {@code request-id.*}). Immutable.
 */
public final class Propagation {

  /** What a header's value means; the index of a name in {@link #extractNames} gives it. */
  enum Field {
    USER_AGENT,
    REQUEST_ID,
    B3,
    B3_TRACE_ID,
    B3_SPAN_ID,
    B3_SAMPLED,
    B3_FLAGS,
    TRACEPARENT,
    TRACESTATE
  }

  final String requestIdHeader;
  final boolean respond;

  /** True with a Zipkin endpoint only: without one our spans exist nowhere. */
  final boolean originate;

  final String[] extractNames;
  final Field[] extractFields;

  /** In the order they are written; the request id last. */
  final Field[] injectFields;

  private final byte[][] nameBytes = new byte[Field.values().length][];
  private final List<String> hosts;

  /**
   * @param extract of {@code b3}, {@code b3multi}, {@code tracecontext}, in order
   * @param inject of the same and {@code request-id}
   * @param hosts to which ids may go, {@code *.example.com} for a domain; empty: to all
   */
  public Propagation(
      Collection<String> extract,
      Collection<String> inject,
      Collection<String> hosts,
      String requestIdHeader,
      boolean respond,
      boolean originate) {
    this.requestIdHeader = requestIdHeader;
    this.respond = respond;
    this.originate = originate;
    this.hosts = new ArrayList<>(hosts);
    List<Field> fields = new ArrayList<>(Arrays.asList(Field.USER_AGENT, Field.REQUEST_ID));
    extract.forEach(format -> fields.addAll(fields(format)));
    extractFields = fields.toArray(new Field[0]);
    extractNames = new String[extractFields.length];
    Arrays.setAll(extractNames, i -> headerName(extractFields[i]));
    List<Field> out = new ArrayList<>();
    inject.forEach(format -> out.addAll(fields(format)));
    if (out.remove(Field.REQUEST_ID)) {
      out.add(Field.REQUEST_ID);
    }
    injectFields = out.toArray(new Field[0]);
    for (Field field : Field.values()) {
      nameBytes[field.ordinal()] = headerName(field).getBytes(StandardCharsets.US_ASCII);
    }
  }

  boolean mayLeaveTo(String host) {
    if (hosts.isEmpty()) {
      return true;
    }
    for (String allowed : hosts) {
      boolean domain = allowed.startsWith("*.");
      if (domain
          ? host.regionMatches(
              true, host.length() - allowed.length() + 1, allowed, 1, allowed.length() - 1)
          : host.equalsIgnoreCase(allowed)) {
        return true;
      }
    }
    return false;
  }

  /** Shared: not to be changed. */
  byte[] headerNameBytes(Field field) {
    return nameBytes[field.ordinal()];
  }

  String headerName(Field field) {
    switch (field) {
      case USER_AGENT:
        return "User-Agent";
      case REQUEST_ID:
        return requestIdHeader;
      case B3:
        return "b3";
      case B3_TRACE_ID:
        return "X-B3-TraceId";
      case B3_SPAN_ID:
        return "X-B3-SpanId";
      case B3_SAMPLED:
        return "X-B3-Sampled";
      case B3_FLAGS:
        return "X-B3-Flags";
      case TRACEPARENT:
        return "traceparent";
      default:
        return "tracestate";
    }
  }

  private static List<Field> fields(String format) {
    switch (format) {
      case "b3":
        return Arrays.asList(Field.B3);
      case "b3multi":
        return Arrays.asList(Field.B3_TRACE_ID, Field.B3_SPAN_ID, Field.B3_SAMPLED, Field.B3_FLAGS);
      case "tracecontext":
        return Arrays.asList(Field.TRACEPARENT, Field.TRACESTATE);
      case "request-id":
        return Arrays.asList(Field.REQUEST_ID);
      default:
        throw new IllegalArgumentException(format);
    }
  }
}
