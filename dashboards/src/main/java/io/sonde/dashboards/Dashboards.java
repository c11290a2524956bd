// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static io.sonde.dashboards.Panel.bars;
import static io.sonde.dashboards.Panel.stat;
import static io.sonde.dashboards.Panel.time;

import io.sonde.dashboards.Question.Apdex;
import io.sonde.dashboards.Question.Percent;
import io.sonde.dashboards.Question.Select;
import io.sonde.dashboards.Question.Top;
import java.util.List;

/** The dashboards: what is to be seen, in words of {@link Metrics}. */
public final class Dashboards {

  private static final int MANY = 10;

  private Dashboards() {}

  public static List<Dashboard> all() {
    return List.of(service(), jvm(), clients(), exceptions(), sonde(), fleet());
  }

  private static Dashboard service() {
    Select requests = Select.of(Metrics.SERVER_COUNT, Stat.RATE).where("route", "$route");
    Select failed = requests.where("class", "5xx", "err");
    return Dashboard.of(
            "service",
            "Sonde / Service overview",
            "Rate, errors and duration of one service's requests, by route.")
        .variable("route", "Route", Metrics.SERVER_COUNT)
        .row(
            "Now",
            stat(
                    "Requests",
                    "reqps",
                    "Requests a second, exact. Those of probers count, too: route probe.")
                .line("requests", requests),
            stat(
                    "Errors",
                    "percent",
                    "Share of requests that ended with a 5xx or without any status (class err).")
                .thresholds(1, 5)
                .line("errors", new Percent(failed, requests)),
            stat(
                    "95th percentile",
                    "ms",
                    "19 of 20 requests are faster. Above 64 a route and interval, a sample.")
                .thresholds(Apdex.SATISFIED_MILLIS, Apdex.TOLERATED_MILLIS)
                .line("95th percentile", duration(Stat.P95)),
            stat(
                    "Apdex",
                    "none",
                    "1: all are served within 500 ms. 0: none within 2 s. Between them a request counts half.")
                .thresholds(0.85, 0.7)
                .line("apdex", new Apdex(duration(Stat.RATE))),
            stat("In flight", "short", "Requests that are being served now, of all routes.")
                .line("in flight", Select.of(Metrics.SERVER_ACTIVE, Stat.SUM)),
            stat(
                    "Open connections",
                    "short",
                    "Connections of clients, where the server tells (Tomcat, Jetty, Undertow, Netty).")
                .line("open connections", Select.of(Metrics.SERVER_SOCKETS, Stat.SUM)))
        .row(
            "Rate, errors, duration",
            time(
                    "Requests by status",
                    "reqps",
                    "Requests a second by class of status. err: an exception and no status.")
                .stack()
                .line("{class}", requests.by("class"))
                .link("Traces of this service in Zipkin", Links.ZIPKIN_SEARCH)
                .link("Requests of this service in Kibana", Links.KIBANA_REQUESTS),
            time(
                    "Errors by route",
                    "percent",
                    "Share of each route's requests that ended with a 5xx or without a status.")
                .thresholds(1, 5)
                .line("{route}", new Percent(failed.by("route"), requests.by("route")))
                .link("Exceptions of this service in Kibana", Links.KIBANA_EXCEPTIONS),
            time(
                    "Duration",
                    "ms",
                    "Of the chosen routes together. Where the store has no histograms: the highest of the merged"
                        + " percentiles, and the mean of the medians; choose one route and one instance for exact ones.")
                .line("median", duration(Stat.MEDIAN))
                .line("95th percentile", duration(Stat.P95))
                .line("99th percentile", duration(Stat.P99))
                .link("Traces of this service in Zipkin", Links.ZIPKIN_SEARCH)
                .link("The trace of this id in Zipkin", Links.ZIPKIN_TRACE),
            time("Requests by route", "reqps", "Requests a second of each route.")
                .line("{route}", requests.by("route")),
            time(
                    "95th percentile by route",
                    "ms",
                    "19 of 20 requests of the route are faster; of several instances the slowest one.")
                .line("{route}", duration(Stat.P95).by("route")),
            time(
                    "In flight by instance",
                    "short",
                    "Requests that are being served. A line that only rises is an instance that is stuck.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.SERVER_ACTIVE, Stat.SUM).by("service", "instance")))
        .row(
            "Routes to look at",
            bars("Slowest routes", "ms", "By 95th percentile, the ten highest.")
                .line("{route}", new Top(MANY, duration(Stat.P95).by("route")))
                .link("Traces of this service in Zipkin", Links.ZIPKIN_SEARCH),
            bars(
                    "Failing routes",
                    "reqps",
                    "5xx and requests without a status, a second, the ten highest.")
                .line(
                    "{method} {route}: {class}",
                    new Top(MANY, failed.by("method", "route", "class")))
                .link("Exceptions of this service in Kibana", Links.KIBANA_EXCEPTIONS)
                .link("The request of this id in Kibana", Links.KIBANA_REQUEST),
            bars(
                    "Where the time goes",
                    "ms",
                    "Milliseconds that requests of the route took, in each second: 1000 is one request at any time.")
                .line("{route}", new Top(MANY, duration(Stat.BUSY).by("route"))))
        .row(
            "Satisfaction and connections",
            time(
                    "Apdex",
                    "none",
                    "Share of requests within 500 ms, and half of those within 2 s. Below 0.7 people complain.")
                .width(12)
                .thresholds(0.85, 0.7)
                .line("{route}", new Apdex(duration(Stat.RATE).by("route"))),
            time(
                    "Open connections by instance",
                    "short",
                    "Connections of clients, where the server tells.")
                .width(12)
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.SERVER_SOCKETS, Stat.SUM).by("service", "instance")));
  }

  private static Select duration(Stat stat) {
    return Select.of(Metrics.SERVER_TIME, stat).where("route", "$route");
  }

  private static Dashboard jvm() {
    return Dashboard.of(
            "jvm", "Sonde / JVM", "Memory, garbage collection, threads and CPU of each instance.")
        .row(
            "Now",
            stat(
                    "Heap after GC",
                    "percent",
                    "What is left of the long-lived heap after it was last collected; 0 before that. Near 100 the heap is too"
                        + " small, or something leaks.")
                .thresholds(80, 90)
                .line("after GC", heapAfterGc()),
            stat("Heap in use", "bytes", "Garbage included.")
                .line("in use", heap(Metrics.MEMORY_USED)),
            stat("CPU", "percentunit", "Of all cores, the mean of the instances.")
                .thresholds(0.7, 0.9)
                .line("CPU", Select.of(Metrics.CPU_PROCESS, Stat.MEAN)),
            stat(
                    "GC pauses",
                    "ms",
                    "Milliseconds in each second for which the application stood still; 100 is a tenth of the time.")
                .thresholds(50, 100)
                .line("pauses", Select.of(Metrics.GC_PAUSE, Stat.BUSY)),
            stat("Threads", "short", "Of all chosen instances.")
                .line("threads", Select.of(Metrics.THREADS_LIVE, Stat.SUM)),
            stat(
                    "File descriptors",
                    "percent",
                    "In use, of those allowed. At 100 no connection can be opened.")
                .thresholds(70, 90)
                .line(
                    "in use",
                    new Percent(
                        Select.of(Metrics.FILES_OPEN, Stat.SUM),
                        Select.of(Metrics.FILES_MAX, Stat.SUM))))
        .row(
            "Memory",
            time("Heap", "bytes", "Saw teeth are well; what counts is where they start from.")
                .line(
                    "in use, {service} {instance}",
                    heap(Metrics.MEMORY_USED).by("service", "instance"))
                .line(
                    "given, {service} {instance}",
                    heap(Metrics.MEMORY_COMMITTED).by("service", "instance"))
                .line(
                    "at most, {service} {instance}",
                    heap(Metrics.MEMORY_MAX).by("service", "instance")),
            time(
                    "Heap after GC",
                    "bytes",
                    "The long-lived heap after it was last collected: if this rises for hours, something leaks.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.GC_LIVE, Stat.SUM).by("service", "instance"))
                .line(
                    "at most, {service} {instance}",
                    Select.of(Metrics.GC_MAX, Stat.SUM).by("service", "instance")),
            time("Heap by space", "bytes", "The collector's parts of the heap.")
                .stack()
                .line("{space}", heap(Metrics.MEMORY_USED).by("space")),
            time(
                    "Outside the heap",
                    "bytes",
                    "Classes, compiled code and what the JVM needs itself.")
                .stack()
                .line(
                    "{space}",
                    Select.of(Metrics.MEMORY_USED, Stat.SUM).where("area", "nonheap").by("space")),
            time(
                    "Buffers",
                    "bytes",
                    "Direct and mapped: not in the heap, but of the container's limit.")
                .line("{space}", Select.of(Metrics.BUFFER_USED, Stat.SUM).by("space")),
            time(
                    "Allocation",
                    "Bps",
                    "Bytes allocated a second, and those of them that outlived the young heap.")
                .line(
                    "allocated, {service} {instance}",
                    Select.of(Metrics.GC_ALLOCATED, Stat.RATE).by("service", "instance")))
        .row(
            "Garbage collection",
            time("Pauses", "ops", "Pauses a second, by what asked for them.")
                .line("{cause}", Select.of(Metrics.GC_PAUSE, Stat.RATE).by("cause")),
            time("Longest pause", "ms", "In each step of the graph.")
                .line("{cause}", Select.of(Metrics.GC_PAUSE, Stat.MAX).by("cause")),
            time(
                    "Time in pauses",
                    "ms",
                    "Milliseconds in each second. Above 100 the heap is too small.")
                .thresholds(50, 100)
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.GC_PAUSE, Stat.BUSY).by("service", "instance")))
        .row(
            "Threads, classes and the machine",
            time("Threads", "short", "A line that only rises is a leak.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.THREADS_LIVE, Stat.SUM).by("service", "instance"))
                .line(
                    "daemons, {service} {instance}",
                    Select.of(Metrics.THREADS_DAEMON, Stat.SUM).by("service", "instance"))
                .line(
                    "highest, {service} {instance}",
                    Select.of(Metrics.THREADS_PEAK, Stat.SUM).by("service", "instance")),
            time("Threads by state", "short", "Many that are blocked wait for one lock.")
                .stack()
                .line("{state}", Select.of(Metrics.THREADS_STATES, Stat.SUM).by("state")),
            time(
                    "Classes",
                    "short",
                    "Loaded now. A line that only rises is a class loader that nobody lets go of.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.CLASSES_LOADED, Stat.SUM).by("service", "instance")),
            time(
                    "CPU",
                    "percentunit",
                    "Of all cores of the machine or container: the process, and all processes.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.CPU_PROCESS, Stat.MEAN).by("service", "instance"))
                .line(
                    "whole machine, {service} {instance}",
                    Select.of(Metrics.CPU_SYSTEM, Stat.MEAN).by("service", "instance")),
            time("Load and cores", "short", "Above the number of cores, threads wait for one.")
                .line(
                    "load, {service} {instance}",
                    Select.of(Metrics.LOAD_AVERAGE, Stat.MEAN).by("service", "instance"))
                .line(
                    "cores, {service} {instance}",
                    Select.of(Metrics.CPU_COUNT, Stat.MEAN).by("service", "instance")),
            time("File descriptors", "short", "Files and sockets in use, and those allowed.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.FILES_OPEN, Stat.SUM).by("service", "instance"))
                .line(
                    "at most, {service} {instance}",
                    Select.of(Metrics.FILES_MAX, Stat.SUM).by("service", "instance")));
  }

  private static Select heap(Metric memory) {
    return Select.of(memory, Stat.SUM).where("area", "heap");
  }

  static Percent heapAfterGc(String... labels) {
    return new Percent(
        Select.of(Metrics.GC_LIVE, Stat.SUM).by(labels),
        Select.of(Metrics.GC_MAX, Stat.SUM).by(labels));
  }

  private static Dashboard clients() {
    Select calls = Select.of(Metrics.CLIENT_COUNT, Stat.RATE).where("peer", "$peer");
    Select failed = calls.where("class", "5xx", "err");
    return Dashboard.of(
            "clients",
            "Sonde / Clients and data stores",
            "Calls to other services by peer, and the pools of connections.")
        .variable("peer", "Peer", Metrics.CLIENT_COUNT)
        .variable("pool", "Pool", Metrics.POOL_MAX)
        .row(
            "Now",
            stat("Calls", "reqps", "Calls to other services, a second, exact.")
                .line("calls", calls),
            stat("Failed calls", "percent", "5xx, and no answer at all (class err).")
                .thresholds(1, 5)
                .line("failed", new Percent(failed, calls)),
            stat("95th percentile", "ms", "19 of 20 calls are faster.")
                .thresholds(Apdex.SATISFIED_MILLIS, Apdex.TOLERATED_MILLIS)
                .line("95th percentile", call(Stat.P95)),
            stat("Connections in use", "percent", "Of those that the pools may hold.")
                .thresholds(80, 95)
                .line("in use", poolsInUse()),
            stat("Waiting", "short", "Threads that wait for a connection now.")
                .thresholds(1, 10)
                .line("waiting", pool(Metrics.POOL_WAITING, Stat.SUM)),
            stat("Wait for a connection", "ms", "95th percentile of getting one out of a pool.")
                .thresholds(100, 500)
                .line("95th percentile", pool(Metrics.POOL_ACQUIRE, Stat.P95)))
        .row(
            "Calls to other services",
            time("Calls by peer", "reqps", "Calls a second to each peer.")
                .line("{peer}", calls.by("peer"))
                .link("Traces of this service in Zipkin", Links.ZIPKIN_SEARCH),
            time(
                    "Failed calls by peer",
                    "percent",
                    "Share of each peer's calls with a 5xx or without an answer.")
                .thresholds(1, 5)
                .line("{peer}", new Percent(failed.by("peer"), calls.by("peer"))),
            time("95th percentile by peer", "ms", "19 of 20 calls to the peer are faster.")
                .line("{peer}", call(Stat.P95).by("peer")),
            time("Calls by status", "reqps", "By class of the answer's status. err: no answer.")
                .stack()
                .line("{class}", calls.by("class")),
            time(
                    "Duration",
                    "ms",
                    "Of all calls. Where the store has no histograms: the highest of the merged percentiles.")
                .line("median", call(Stat.MEDIAN))
                .line("95th percentile", call(Stat.P95))
                .line("99th percentile", call(Stat.P99)),
            bars(
                    "Where the time goes",
                    "ms",
                    "Milliseconds that calls to the peer took, in each second.")
                .line("{peer}", new Top(MANY, call(Stat.BUSY).by("peer"))))
        .row(
            "Pools of connections",
            time(
                    "Connections",
                    "short",
                    "In use and at rest. When in use reaches the most, callers wait.")
                .line("{pool} in use", pool(Metrics.POOL_ACTIVE, Stat.SUM).by("pool"))
                .line("{pool} at rest", pool(Metrics.POOL_IDLE, Stat.SUM).by("pool"))
                .line("{pool} at most", pool(Metrics.POOL_MAX, Stat.SUM).by("pool")),
            time("Share in use", "percent", "Of the most that each pool may hold.")
                .thresholds(80, 95)
                .line("{pool}", poolsInUse("pool")),
            time("Waiting", "short", "Threads that wait for a connection, by pool and instance.")
                .thresholds(1, 10)
                .line(
                    "{pool}, {service} {instance}",
                    pool(Metrics.POOL_WAITING, Stat.SUM).by("pool", "service", "instance")),
            time("Wait for a connection", "ms", "Of each pool, in vain or not.")
                .line("{pool} median", pool(Metrics.POOL_ACQUIRE, Stat.MEDIAN).by("pool"))
                .line("{pool} 95th percentile", pool(Metrics.POOL_ACQUIRE, Stat.P95).by("pool"))
                .line("{pool} 99th percentile", pool(Metrics.POOL_ACQUIRE, Stat.P99).by("pool")),
            time("Connections given", "ops", "A second, exact.")
                .line("{pool}", pool(Metrics.POOL_ACQUIRED, Stat.RATE).by("pool")),
            time(
                    "Not given in time",
                    "ops",
                    "Callers a second who gave up waiting: each of them is a failed request.")
                .line("{pool}", pool(Metrics.POOL_TIMEOUTS, Stat.RATE).by("pool")));
  }

  private static Select call(Stat stat) {
    return Select.of(Metrics.CLIENT_TIME, stat).where("peer", "$peer");
  }

  private static Select pool(Metric metric, Stat stat) {
    return Select.of(metric, stat).where("pool", "$pool");
  }

  private static Percent poolsInUse(String... labels) {
    return new Percent(
        pool(Metrics.POOL_ACTIVE, Stat.SUM).by(labels),
        pool(Metrics.POOL_MAX, Stat.SUM).by(labels));
  }

  private static Dashboard exceptions() {
    Select exceptions = Select.of(Metrics.EXCEPTIONS, Stat.RATE);
    Select logs = Select.of(Metrics.LOGS, Stat.RATE);
    Select failed = Select.of(Metrics.SERVER_COUNT, Stat.RATE).where("class", "5xx", "err");
    return Dashboard.of(
            "exceptions",
            "Sonde / Exceptions and logs",
            "Exceptions that nobody handled, and what the application logs, as rates; the text is in Kibana.")
        .row(
            "Now",
            stat(
                    "Exceptions",
                    "ops",
                    "A second, those that nobody handled, repeated ones included.")
                .width(6)
                .thresholds(0.1, 1)
                .line("exceptions", exceptions),
            stat("Errors in the log", "ops", "Events of level ERROR, a second.")
                .width(6)
                .thresholds(0.1, 1)
                .line("errors", logs.where("level", "error")),
            stat("Warnings in the log", "ops", "Events of level WARN, a second.")
                .width(6)
                .line("warnings", logs.where("level", "warn")),
            stat("Failed requests", "reqps", "5xx and no status, a second.")
                .width(6)
                .thresholds(0.1, 1)
                .line("failed", failed))
        .row(
            "Exceptions",
            time(
                    "Exceptions by type",
                    "ops",
                    "A second. The six digits behind a name tell two apart that look alike.")
                .width(12)
                .stack()
                .line("{type}", exceptions.by("type"))
                .link("Exceptions of this service in Kibana", Links.KIBANA_EXCEPTIONS),
            bars(
                    "Most frequent exceptions",
                    "ops",
                    "By fingerprint: the same type thrown in the same place. In Kibana labels.fingerprint finds its stack trace.")
                .width(12)
                .line("{type} {fingerprint}", new Top(MANY, exceptions.by("type", "fingerprint")))
                .link("Exceptions of this service in Kibana", Links.KIBANA_EXCEPTIONS)
                .link("The request of this id in Kibana", Links.KIBANA_REQUEST),
            time(
                    "Exceptions by instance",
                    "ops",
                    "One alone that fails is ill; all of them are a bad version.")
                .width(12)
                .line("{service} {instance}", exceptions.by("service", "instance")),
            time("Failed requests by route", "reqps", "5xx and no status, a second.")
                .width(12)
                .line("{route}", failed.by("route"))
                .link("Requests of this service in Kibana", Links.KIBANA_REQUESTS))
        .row(
            "Log",
            time(
                    "Log by level",
                    "ops",
                    "Events a second that Sonde has taken (logs.level and above).")
                .width(12)
                .stack()
                .line("{level}", logs.by("level")),
            time("Errors in the log by instance", "ops", "Events of level ERROR, a second.")
                .width(12)
                .line(
                    "{service} {instance}",
                    logs.where("level", "error").by("service", "instance")));
  }

  private static Dashboard sonde() {
    Select taken = Select.of(Metrics.SONDE_TAKEN, Stat.RATE);
    Select dropped = Select.of(Metrics.SONDE_DROPPED, Stat.RATE);
    Select queued = Select.of(Metrics.SONDE_QUEUED, Stat.SUM);
    Select spooled = Select.of(Metrics.SONDE_SPOOLED, Stat.SUM);
    Select status = Select.of(Metrics.HEALTH_STATUS, Stat.HIGHEST);
    return Dashboard.of(
            "sonde",
            "Sonde / Sonde itself",
            "What Sonde took, sent and lost: at any time, taken is sent, waiting and lost together.")
        .row(
            "Now",
            stat("Taken", "ops", "Items a second, for all destinations.").line("taken", taken),
            stat("Lost", "percent", "Of what was taken. The panel below says why.")
                .thresholds(0.1, 1)
                .line("lost", new Percent(dropped, taken)),
            stat("Waiting", "short", "Items that wait in memory for a destination.")
                .thresholds(5_000, 15_000)
                .line("waiting", queued),
            stat("On disk", "short", "Items that a spool keeps for a destination that is away.")
                .line("on disk", spooled),
            stat("Worst check", Panel.HEALTH, "Of /health: 0 pass, 1 warn, 2 fail.")
                .thresholds(1, 2)
                .line("worst check", status),
            stat("CPU", "percentunit", "What Sonde's own threads use, of one core.")
                .thresholds(0.02, 0.05)
                .line("CPU", Select.of(Metrics.SONDE_CPU, Stat.MEAN)))
        .row(
            "The ledger",
            time("Taken", "ops", "Items a second that were given to each destination.")
                .line("{destination} {signal}", taken.by("destination", "signal")),
            time("Sent", "ops", "Items a second that the kernel took. UDP hears no more of them.")
                .line(
                    "{destination} {signal}",
                    Select.of(Metrics.SONDE_SENT, Stat.RATE).by("destination", "signal")),
            time("Confirmed", "ops", "Items a second that the other side said it has.")
                .line(
                    "{destination} {signal}",
                    Select.of(Metrics.SONDE_ACKED, Stat.RATE).by("destination", "signal")),
            time("Lost", "ops", "Items a second; none is well.")
                .line("{destination} {signal}", dropped.by("destination", "signal")),
            time(
                    "Lost, and why",
                    "ops",
                    "Items a second by reason: queue full, refused, down, too large and others.")
                .line(
                    "{destination} {signal}: {reason}",
                    Select.of(Metrics.SONDE_DROPPED_FOR, Stat.RATE)
                        .by("destination", "signal", "reason")),
            time(
                    "Waiting",
                    "short",
                    "Items in memory. A line that rises to its end is a destination that is away.")
                .line("{destination} {signal}", queued.by("destination", "signal")))
        .row(
            "Disk, health and cost",
            time("On disk", "short", "Items in a spool (logs.spool, zipkin.spool).")
                .line("{destination} {signal}", spooled.by("destination", "signal")),
            time(
                    "Checks of /health",
                    Panel.HEALTH,
                    "0 pass, 1 warn, 2 fail; of several instances the worst.")
                .thresholds(1, 2)
                .line("{check}", status.by("check")),
            time(
                    "CPU of Sonde's threads",
                    "percentunit",
                    "Of one core. What advice costs on the application's own threads is not in it.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.SONDE_CPU, Stat.MEAN).by("service", "instance")),
            time(
                    "Changes of health",
                    "short",
                    "How often a check of /health went from one status to another.")
                .width(12)
                .stack()
                .line(
                    "{check}: {from} to {to}",
                    Select.of(Metrics.HEALTH_CHANGES, Stat.TOTAL).by("check", "from", "to"))
                .link("Health transitions in Kibana", Links.KIBANA_HEALTH),
            time(
                    "Too many series",
                    "short",
                    "Records that were counted as other, since there are 10,000 series already. Some route or peer is"
                        + " not bounded.")
                .width(12)
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.SONDE_FOLDED, Stat.TOTAL).by("service", "instance")));
  }

  private static Dashboard fleet() {
    Select requests = Select.of(Metrics.SERVER_COUNT, Stat.RATE);
    Select failed = requests.where("class", "5xx", "err");
    Select dropped = Select.of(Metrics.SONDE_DROPPED, Stat.RATE);
    return Dashboard.of("fleet", "Sonde / Fleet", "All services and instances side by side.")
        .row(
            "Services",
            time("Requests", "reqps", "Requests a second of each service.")
                .line("{service}", requests.by("service")),
            time(
                    "Errors",
                    "percent",
                    "Share of each service's requests that ended with a 5xx or without a status.")
                .thresholds(1, 5)
                .line("{service}", new Percent(failed.by("service"), requests.by("service"))),
            time(
                    "95th percentile",
                    "ms",
                    "Of each service; where the store has no histograms, that of its slowest route.")
                .line("{service}", Select.of(Metrics.SERVER_TIME, Stat.P95).by("service")),
            time("Apdex", "none", "Share of requests within 500 ms, and half of those within 2 s.")
                .thresholds(0.85, 0.7)
                .line(
                    "{service}",
                    new Apdex(Select.of(Metrics.SERVER_TIME, Stat.RATE).by("service"))),
            time("Exceptions", "ops", "A second, those that nobody handled.")
                .line("{service}", Select.of(Metrics.EXCEPTIONS, Stat.RATE).by("service")),
            bars("Busiest services", "reqps", "Requests a second, the ten highest.")
                .line("{service}", new Top(MANY, requests.by("service"))))
        .row(
            "Instances",
            bars(
                    "Health",
                    Panel.HEALTH,
                    "The worst check of each instance: 0 pass, 1 warn, 2 fail.")
                .thresholds(1, 2)
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.HEALTH_STATUS, Stat.HIGHEST).by("service", "instance")),
            bars("CPU", "percentunit", "Of all cores of the instance's machine or container.")
                .thresholds(0.7, 0.9)
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.CPU_PROCESS, Stat.MEAN).by("service", "instance")),
            bars("Heap after GC", "percent", "Of the long-lived heap, after it was last collected.")
                .thresholds(80, 90)
                .line("{service} {instance}", heapAfterGc("service", "instance")),
            time("In flight", "short", "Requests that are being served.")
                .line(
                    "{service} {instance}",
                    Select.of(Metrics.SERVER_ACTIVE, Stat.SUM).by("service", "instance")),
            time("Requests by instance", "reqps", "Of one service they should be alike.")
                .line("{service} {instance}", requests.by("service", "instance")),
            time("Lost by Sonde", "ops", "Items a second that reached no destination.")
                .line("{service} {instance}", dropped.by("service", "instance")));
  }
}
