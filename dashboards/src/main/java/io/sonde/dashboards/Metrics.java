// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static io.sonde.dashboards.Metric.Kind.COUNTER;
import static io.sonde.dashboards.Metric.Kind.GAUGE;
import static io.sonde.dashboards.Metric.Kind.TIMER;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the agent sends. The first part is the table of {@code agent/exporter-statsd/README.md}, and
 * a test compares the two; the second the meters of the JVM, which are Micrometer's.
 */
public final class Metrics {

  private static final List<Metric> ALL = new ArrayList<>();

  // Requests. class is 1xx to 5xx, or err where there was no status; a prober's route is probe.
  public static final Metric SERVER_TIME =
      metric(
          "http.server.requests",
          TIMER,
          "http.server.{route}.{method}.{class}.time",
          "how long requests took; sampled above 64 per series and interval");
  public static final Metric SERVER_COUNT =
      metric(
          "http.server.requests.total",
          COUNTER,
          "http.server.{route}.{method}.{class}.count",
          "requests, exact; those of probers have the route probe and no time");
  public static final Metric CLIENT_TIME =
      metric(
          "http.client.requests",
          TIMER,
          "http.client.{peer}.{method}.{class}.time",
          "how long calls to other services took; sampled likewise");
  public static final Metric CLIENT_COUNT =
      metric(
          "http.client.requests.total",
          COUNTER,
          "http.client.{peer}.{method}.{class}.count",
          "calls to other services, exact");
  public static final Metric SERVER_ACTIVE =
      metric("http.server.active", GAUGE, "http.server.all.all.all.active", "requests in flight");
  public static final Metric SERVER_SOCKETS =
      metric(
          "http.server.open_sockets",
          GAUGE,
          "http.server.all.all.all.open_sockets",
          "open connections, where the server tells");

  public static final Metric POOL_ACTIVE =
      metric("pool.active", GAUGE, "pool.{pool}.active", "connections in use");
  public static final Metric POOL_IDLE =
      metric("pool.idle", GAUGE, "pool.{pool}.idle", "connections at rest");
  public static final Metric POOL_MAX =
      metric("pool.max", GAUGE, "pool.{pool}.max", "the most the pool may hold");
  public static final Metric POOL_WAITING =
      metric("pool.waiting", GAUGE, "pool.{pool}.waiting", "threads waiting for one");
  public static final Metric POOL_ACQUIRE =
      metric("pool.acquire", TIMER, "pool.{pool}.acquire", "wait for a connection, in vain or not");
  public static final Metric POOL_ACQUIRED =
      metric("pool.acquired", COUNTER, "pool.{pool}.acquired", "connections given, exact");
  public static final Metric POOL_TIMEOUTS =
      metric("pool.timeouts", COUNTER, "pool.{pool}.timeouts", "connections not given in time");

  public static final Metric EXCEPTIONS =
      metric(
          "exceptions",
          COUNTER,
          "exceptions.{type}.{fingerprint}.count",
          "exceptions nobody handled, repeated ones included");
  public static final Metric LOGS =
      metric("logs", COUNTER, "logs.{level}.count", "the application's log events that were taken");

  public static final Metric HEALTH_STATUS =
      metric(
          "sonde.health.status",
          GAUGE,
          "sonde.health.{check}",
          "of each check of /health: 0 pass, 1 warn, 2 fail");
  public static final Metric HEALTH_CHANGES =
      metric(
          "sonde.health.changes",
          COUNTER,
          "sonde.health.{check}-{from}-{to}",
          "changes of a check's status; an event instead with datadog");
  public static final Metric STARTED =
      metric(
          "sonde.started",
          COUNTER,
          "sonde.started.{version}",
          "starts of the process; another version than before is a deploy");
  public static final Metric SONDE_TAKEN =
      metric(
          "sonde.taken",
          COUNTER,
          "sonde.{destination}.{signal}_taken",
          "items given to a destination");
  public static final Metric SONDE_ACKED =
      metric(
          "sonde.acked",
          COUNTER,
          "sonde.{destination}.{signal}_acked",
          "items the other side confirmed");
  public static final Metric SONDE_SENT =
      metric("sonde.sent", COUNTER, "sonde.{destination}.{signal}_sent", "items the kernel took");
  public static final Metric SONDE_DROPPED =
      metric(
          "sonde.dropped",
          COUNTER,
          "sonde.{destination}.{signal}_dropped",
          "items lost, for whatever reason");
  public static final Metric SONDE_DROPPED_FOR =
      metric(
          "sonde.dropped.reason",
          COUNTER,
          "sonde.{destination}.{signal}_dropped_{reason}",
          "items lost, by reason");
  public static final Metric SONDE_QUEUED =
      metric("sonde.queued", GAUGE, "sonde.{destination}.{signal}_queued", "items waiting");
  public static final Metric SONDE_SPOOLED =
      metric("sonde.spooled", GAUGE, "sonde.{destination}.{signal}_spooled", "items on disk");
  public static final Metric SONDE_FOLDED =
      metric(
          "sonde.statsd.folded",
          COUNTER,
          "sonde.statsd.folded",
          "records counted as other, since there are too many series");
  public static final Metric SONDE_CPU =
      metric("sonde.cpu", GAUGE, "sonde.agent.cpu", "CPU of Sonde's threads, of one core");

  /** How many of {@link #all} are of the exporter's own table; the rest is Micrometer's. */
  static final int OWN = ALL.size();

  // The JVM. {area} is heap or nonheap, {space} the collector's word for a part of it.
  public static final Metric MEMORY_USED =
      metric("jvm.memory.used", GAUGE, "jvm.memory.used_{area}_{space}", "bytes in use");
  public static final Metric MEMORY_COMMITTED =
      metric(
          "jvm.memory.committed",
          GAUGE,
          "jvm.memory.committed_{area}_{space}",
          "bytes that the machine has given");
  public static final Metric MEMORY_MAX =
      metric(
          "jvm.memory.max",
          GAUGE,
          "jvm.memory.max_{area}_{space}",
          "the most it may take; -1 where nothing limits it");
  public static final Metric BUFFER_USED =
      metric(
          "jvm.buffer.memory.used",
          GAUGE,
          "jvm.buffer.memory_used_{space}",
          "bytes in direct and mapped buffers");
  public static final Metric GC_LIVE =
      metric(
          "jvm.gc.live.data.size",
          GAUGE,
          "jvm.gc.live_data_size",
          "bytes of the long-lived heap in use after the last collection of it");
  public static final Metric GC_MAX =
      metric(
          "jvm.gc.max.data.size",
          GAUGE,
          "jvm.gc.max_data_size",
          "the most that the long-lived heap may take");
  public static final Metric GC_PAUSE =
      metric("jvm.gc.pause", TIMER, "jvm.gc.pause_{cause}", "pauses of the garbage collector");
  public static final Metric GC_ALLOCATED =
      metric("jvm.gc.memory.allocated", COUNTER, "jvm.gc.memory_allocated", "bytes allocated");
  public static final Metric GC_PROMOTED =
      metric(
          "jvm.gc.memory.promoted",
          COUNTER,
          "jvm.gc.memory_promoted",
          "bytes that outlived the young heap");
  public static final Metric THREADS_LIVE =
      metric("jvm.threads.live", GAUGE, "jvm.threads.live", "threads");
  public static final Metric THREADS_DAEMON =
      metric("jvm.threads.daemon", GAUGE, "jvm.threads.daemon", "daemon threads");
  public static final Metric THREADS_PEAK =
      metric("jvm.threads.peak", GAUGE, "jvm.threads.peak", "the most threads since the start");
  public static final Metric THREADS_STATES =
      metric("jvm.threads.states", GAUGE, "jvm.threads.states_{state}", "threads by state");
  public static final Metric CLASSES_LOADED =
      metric("jvm.classes.loaded", GAUGE, "jvm.classes.loaded", "classes that are loaded");
  public static final Metric CPU_PROCESS =
      metric("process.cpu.usage", GAUGE, "jvm.process.cpu_usage", "share of all cores, 0 to 1");
  public static final Metric CPU_SYSTEM =
      metric(
          "system.cpu.usage",
          GAUGE,
          "jvm.system.cpu_usage",
          "share of all cores that the whole machine uses, 0 to 1");
  public static final Metric CPU_COUNT =
      metric("system.cpu.count", GAUGE, "jvm.system.cpu_count", "cores");
  public static final Metric LOAD_AVERAGE =
      metric(
          "system.load.average.1m",
          GAUGE,
          "jvm.system.load_average_1m",
          "runnable threads of the machine, mean of a minute");
  public static final Metric FILES_OPEN =
      metric("process.files.open", GAUGE, "jvm.process.files_open", "file descriptors in use");
  public static final Metric FILES_MAX =
      metric("process.files.max", GAUGE, "jvm.process.files_max", "file descriptors allowed");

  private Metrics() {}

  public static List<Metric> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static Metric metric(String name, Metric.Kind kind, String etsy, String meaning) {
    Metric metric = new Metric(name, kind, etsy, meaning);
    ALL.add(metric);
    return metric;
  }
}
