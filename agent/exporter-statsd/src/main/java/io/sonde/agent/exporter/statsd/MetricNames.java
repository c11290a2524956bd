// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of series: logical name, type, place in an etsy name, tags, meaning. The README repeats
 * it, and a test compares the two.
 *
 * <p>The exact counter is called {@code …total} in the tag flavours, since DogStatsD makes {@code
 * …count} out of every timer, and takes a timer and a counter of one name for one metric.
 */
enum MetricNames {
  SERVER_TIME(
      "http.server.requests",
      "ms",
      "http.server.{route}.{method}.{class}.time",
      "route method status outcome exception",
      "how long requests took; sampled above 64 per series and interval"),
  SERVER_COUNT(
      "http.server.requests.total",
      "c",
      "http.server.{route}.{method}.{class}.count",
      "route method status outcome exception",
      "requests, exact; those of probers have the route probe and no time"),
  CLIENT_TIME(
      "http.client.requests",
      "ms",
      "http.client.{peer}.{method}.{class}.time",
      "peer method status outcome exception",
      "how long calls to other services took; sampled likewise"),
  CLIENT_COUNT(
      "http.client.requests.total",
      "c",
      "http.client.{peer}.{method}.{class}.count",
      "peer method status outcome exception",
      "calls to other services, exact"),
  SERVER_ACTIVE(
      "http.server.active", "g", "http.server.all.all.all.active", "", "requests in flight"),
  SERVER_SOCKETS(
      "http.server.open_sockets",
      "g",
      "http.server.all.all.all.open_sockets",
      "",
      "open connections, where the server tells"),
  POOL_ACTIVE("pool.active", "g", "pool.{pool}.active", "pool", "connections in use"),
  POOL_IDLE("pool.idle", "g", "pool.{pool}.idle", "pool", "connections at rest"),
  POOL_MAX("pool.max", "g", "pool.{pool}.max", "pool", "the most the pool may hold"),
  POOL_WAITING("pool.waiting", "g", "pool.{pool}.waiting", "pool", "threads waiting for one"),
  POOL_ACQUIRE(
      "pool.acquire", "ms", "pool.{pool}.acquire", "pool", "wait for a connection, in vain or not"),
  POOL_ACQUIRED("pool.acquired", "c", "pool.{pool}.acquired", "pool", "connections given, exact"),
  POOL_TIMEOUTS(
      "pool.timeouts", "c", "pool.{pool}.timeouts", "pool", "connections not given in time"),
  EXCEPTIONS(
      "exceptions",
      "c",
      "exceptions.{type}.{fingerprint}.count",
      "type fingerprint",
      "exceptions nobody handled, repeated ones included"),
  LOGS("logs", "c", "logs.{level}.count", "level", "the application's log events that were taken"),
  HEALTH_STATUS(
      "sonde.health.status",
      "g",
      "sonde.health.{check}",
      "check",
      "of each check of /health: 0 pass, 1 warn, 2 fail"),
  HEALTH_CHANGES(
      "sonde.health.changes",
      "c",
      "sonde.health.{check}-{from}-{to}",
      "check from to",
      "changes of a check's status; an event instead with datadog"),
  STARTED(
      "sonde.started",
      "c",
      "sonde.started.{version}",
      "version",
      "starts of the process; another version than before is a deploy"),
  SONDE_TAKEN(
      "sonde.taken",
      "c",
      "sonde.{destination}.{signal}_taken",
      "destination signal",
      "items given to a destination"),
  SONDE_ACKED(
      "sonde.acked",
      "c",
      "sonde.{destination}.{signal}_acked",
      "destination signal",
      "items the other side confirmed"),
  SONDE_SENT(
      "sonde.sent",
      "c",
      "sonde.{destination}.{signal}_sent",
      "destination signal",
      "items the kernel took"),
  SONDE_DROPPED(
      "sonde.dropped",
      "c",
      "sonde.{destination}.{signal}_dropped",
      "destination signal",
      "items lost, for whatever reason"),
  SONDE_DROPPED_FOR(
      "sonde.dropped.reason",
      "c",
      "sonde.{destination}.{signal}_dropped_{reason}",
      "destination signal reason",
      "items lost, by reason"),
  SONDE_QUEUED(
      "sonde.queued",
      "g",
      "sonde.{destination}.{signal}_queued",
      "destination signal",
      "items waiting"),
  SONDE_SPOOLED(
      "sonde.spooled",
      "g",
      "sonde.{destination}.{signal}_spooled",
      "destination signal",
      "items on disk"),
  SONDE_CPU("sonde.cpu", "g", "sonde.agent.cpu", "", "CPU of Sonde's threads, of one core"),
  SONDE_FOLDED(
      "sonde.statsd.folded",
      "c",
      "sonde.statsd.folded",
      "",
      "records counted as other, since there are too many series");

  private final String logical;
  private final String type;
  private final String etsy;
  private final List<String> tagKeys;
  private final String meaning;

  MetricNames(String logical, String type, String etsy, String tagKeys, String meaning) {
    this.logical = logical;
    this.type = type;
    this.etsy = etsy;
    this.tagKeys =
        tagKeys.isEmpty()
            ? Collections.<String>emptyList()
            : Collections.unmodifiableList(Arrays.asList(tagKeys.split(" ")));
    this.meaning = meaning;
  }

  static @Nullable MetricNames ofLogical(String name) {
    for (MetricNames metric : values()) {
      if (metric.logical.equals(name)) {
        return metric;
      }
    }
    return null;
  }

  /** The name in the tag flavours. */
  String logical() {
    return logical;
  }

  /** {@code c}, {@code g} or {@code ms}. */
  String type() {
    return type;
  }

  /** After prefix, service and instance; {@code {key}} stands for a value's segment. */
  String etsy() {
    return etsy;
  }

  /** In the order they are written. */
  List<String> tagKeys() {
    return tagKeys;
  }

  String meaning() {
    return meaning;
  }
}
