// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.ErrorCount;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.RouteReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What {@code /sonde/status} says: the agent about itself. Any thread. */
final class StatusPage {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Settings settings;
  private final Ledger ledger;
  private final Weaver weaver;
  private final Recorder recorder;
  private final Pipeline pipeline;
  private final Registrations registrations;
  private final long startNanos;
  private final long premainNanos;

  StatusPage(
      Settings settings,
      Ledger ledger,
      Weaver weaver,
      Recorder recorder,
      Pipeline pipeline,
      Registrations registrations,
      long startNanos,
      long premainNanos) {
    this.settings = settings;
    this.ledger = ledger;
    this.weaver = weaver;
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.registrations = registrations;
    this.startNanos = startNanos;
    this.premainNanos = premainNanos;
  }

  Map<String, Object> describe() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("version", Version.text());
    page.put("java", System.getProperty("java.version"));
    page.put("upSeconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos));
    page.put("startup", startup());
    page.put("ledger", accounts());
    page.put("registrations", registrations.describe());
    page.put("routes", routes());
    page.put("exceptions", exceptions());
    page.put("self", self());
    page.put("instrumentations", instrumentations());
    page.put("problems", settings.problems());
    page.put("settings", settings.describe());
    return page;
  }

  /** {@code spans→zipkin 120 taken, 120 acked; …} for one line of log. */
  static String summary(Ledger ledger) {
    StringBuilder line = new StringBuilder();
    for (Ledger.Account account : ledger.accounts()) {
      line.append(line.length() == 0 ? "" : "; ")
          .append(account.signal())
          .append(" to ")
          .append(account.destination())
          .append(": ")
          .append(account.taken())
          .append(" taken");
      append(line, account.acked(), "acked");
      append(line, account.sent(), "sent");
      append(line, account.queued(), "queued");
      append(line, account.spooled(), "spooled");
      append(line, account.cut(), "cut");
      append(line, account.sampledOut(), "sampled out");
      account.droppedByReason().forEach((why, n) -> append(line, n, "dropped (" + why + ")"));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, long count, String what) {
    if (count != 0) {
      line.append(", ").append(count).append(' ').append(what);
    }
  }

  private Map<String, Object> startup() {
    Map<String, Object> bill = new LinkedHashMap<>();
    long weaving = 0;
    for (Weave weave : weaver.weaves()) {
      weaving += weave.nanos();
    }
    bill.put("premainMillis", millis(premainNanos));
    bill.put("classesMatched", weaver.weaves().size());
    bill.put("weavingMillis", millis(weaving));
    return bill;
  }

  private List<Map<String, Object>> accounts() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Ledger.Account account : ledger.accounts()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("signal", account.signal());
      row.put("destination", account.destination());
      row.put("state", account.state());
      row.put("taken", account.taken());
      row.put("acked", account.acked());
      row.put("sent", account.sent());
      row.put("queued", account.queued());
      row.put("spooled", account.spooled());
      row.put("cut", account.cut());
      row.put("sampledOut", account.sampledOut());
      row.put("dropped", new TreeMap<String, Object>(account.droppedByReason()));
      rows.add(row);
    }
    return rows;
  }

  private Map<String, Object> routes() {
    RouteReport report = pipeline.routes();
    Map<String, Object> routes = new LinkedHashMap<>();
    routes.put("told", report.told());
    routes.put("learned", report.learned());
    routes.put("max", report.most());
    routes.put("collapsed", report.collapsed());
    routes.put("requestsToOther", report.other());
    routes.put("refused", report.refused());
    return routes;
  }

  private List<Map<String, Object>> exceptions() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ErrorCount error : pipeline.frequentErrors()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("type", error.type());
      row.put("fingerprint", error.fingerprint());
      row.put("count", error.count());
      row.put("last", Instant.ofEpochMilli(error.lastMillis()).toString());
      rows.add(row);
    }
    return rows;
  }

  private Map<String, Object> self() {
    Map<String, Object> self = new LinkedHashMap<>();
    self.put("pipelineLagMillis", pipeline.lagMillis());
    self.put("pipelineAlive", pipeline.isAlive());
    self.put("adviceFailures", recorder.swallowedCount());
    self.put("exporterFailures", pipeline.exporterFailures());
    self.put("contextsPending", recorder.pendingContexts());
    self.put("contextsRefused", recorder.refusedContexts());
    self.put("unreadFailuresOverflow", recorder.unreadFailuresOverflow());
    self.put("inFlightOverflow", recorder.live().overflow());
    self.put("inFlightAgedOut", recorder.live().agedOut());
    self.put("poolHoldersOverflow", recorder.pools().holders().overflow());
    self.put("poolHoldersAgedOut", recorder.pools().holders().agedOut());
    self.put("storeHoldersOverflow", recorder.stores().holders().overflow());
    self.put("storeHoldersAgedOut", recorder.stores().holders().agedOut());
    self.put("storesRefused", recorder.stores().refused());
    self.put("applicationChecksRefused", recorder.checks().refused());
    return self;
  }

  private List<Map<String, Object>> instrumentations() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Weave weave : weaver.weaves()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", weave.instrumentation());
      row.put("class", weave.type());
      row.put("loader", weave.loader());
      row.put("outcome", weave.outcome().name().toLowerCase(Locale.ROOT));
      if (weave.reason() != null) {
        row.put("reason", weave.reason());
      }
      row.put("millis", millis(weave.nanos()));
      rows.add(row);
    }
    return rows;
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 100) / 100.0;
  }
}
