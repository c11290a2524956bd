// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import io.sonde.dashboards.Question.Apdex;
import io.sonde.dashboards.Question.Gone;
import io.sonde.dashboards.Question.Percent;
import io.sonde.dashboards.Question.Select;
import java.util.List;

/** What somebody should be told. */
public final class Alerts {

  private Alerts() {}

  public static List<Alert> all() {
    Select requests = Select.of(Metrics.SERVER_COUNT, Stat.RATE).by("service");
    return List.of(
        new Alert(
            "Requests fail",
            new Percent(requests.where("class", "5xx", "err"), requests),
            true,
            5,
            5,
            "critical",
            "More than 5 % of the requests fail",
            "Service overview: which route? One alone: Exceptions and logs, by fingerprint, then the stack trace in Kibana."
                + " All of them: Clients and data stores, a peer or a pool is down. Since a deploy: take it back."),
        new Alert(
            "Latency burns budget",
            new Apdex(Select.of(Metrics.SERVER_TIME, Stat.RATE).by("service")),
            false,
            0.7,
            10,
            "warning",
            "Apdex is below 0.7, too many requests take longer than 500 ms",
            "Service overview: where the time goes. Then a slow trace in Zipkin: own time or a peer's? JVM: pauses, CPU."
                + " Clients and data stores: does it wait for connections?"),
        new Alert(
            "Pool is used up",
            new Percent(
                Select.of(Metrics.POOL_ACTIVE, Stat.SUM).by("service", "pool"),
                Select.of(Metrics.POOL_MAX, Stat.SUM).by("service", "pool")),
            true,
            95,
            3,
            "warning",
            "The pool has hardly a connection left",
            "/health/pool/NAME of an instance names who holds connections, and for how long. Slow statements are mended"
                + " there; a larger pool helps only when the database has idle cores."),
        new Alert(
            "Pool lets callers down",
            Select.of(Metrics.POOL_TIMEOUTS, Stat.RATE).by("service", "pool"),
            true,
            0,
            2,
            "critical",
            "Callers get no connection from the pool",
            "As with a pool that is used up; each of these is a failed request. Is the database up?"),
        new Alert(
            "Heap is full",
            Dashboards.heapAfterGc("service", "instance"),
            true,
            90,
            10,
            "critical",
            "The heap is more than 90 % full after garbage collection",
            "JVM: a line that rises for hours is a leak: take a heap dump (jcmd PID GC.heap_dump FILE), then restart."
                + " A level one since the last deploy: it needs a larger heap."),
        new Alert(
            "Telemetry is lost",
            Select.of(Metrics.SONDE_DROPPED, Stat.RATE).by("service", "destination"),
            true,
            0,
            10,
            "warning",
            "Sonde loses what it should send",
            "Sonde itself: lost, and why. down, refused: is the destination up, is the address right? queue full: it is too"
                + " slow. /sonde/status of an instance has the last failure's words."),
        new Alert(
            "Check fails",
            Select.of(Metrics.HEALTH_STATUS, Stat.HIGHEST).by("service", "instance", "check"),
            true,
            1.5,
            2,
            "critical",
            "/health fails",
            "Ask /health of the instance: its output says what is wrong, with numbers. Health transitions in Kibana say"
                + " since when."),
        new Alert(
            "Instance is gone",
            new Gone(Select.of(Metrics.SERVER_ACTIVE, Stat.SUM).by("service", "instance")),
            true,
            0,
            1,
            "warning",
            "The instance has told nothing for two minutes",
            "A deploy or a scale-down: nothing. Else: does the process live, what are its last log lines, was it killed for"
                + " its memory (dmesg, the pod's last state)? It is quiet again a quarter of an hour later."));
  }
}
