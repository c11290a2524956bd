// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's head; bodies are not read. Immutable. */
public final class Request {

  private final String method;
  private final String path;
  private final String rawQuery;
  private final Map<String, String> query;
  private final Map<String, List<String>> headers;
  private final boolean keepAlive;

  /**
   * @param headers by lower-case name
   */
  Request(
      String method,
      String path,
      String rawQuery,
      Map<String, String> query,
      Map<String, List<String>> headers,
      boolean keepAlive) {
    this.method = method;
    this.path = path;
    this.rawQuery = rawQuery;
    this.query = Collections.unmodifiableMap(query);
    this.headers = headers;
    this.keepAlive = keepAlive;
  }

  public String method() {
    return method;
  }

  /** Decoded; starts with {@code /} and has no {@code .} or {@code ..} segments. */
  public String path() {
    return path;
  }

  /** As it was sent, without {@code ?}; empty when there is none. */
  public String rawQuery() {
    return rawQuery;
  }

  /** Decoded; of a name given twice the first. A name without {@code =} has an empty value. */
  public Map<String, String> query() {
    return query;
  }

  /** The first header of this name, in any case, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** All headers of this name, in any case. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), Collections.emptyList());
  }

  /** Whether the client would like to use the connection again, and sends no body. */
  boolean keepAlive() {
    return keepAlive;
  }
}
