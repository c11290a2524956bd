// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.recording.ServiceStart;
import io.sonde.agent.startup.checks.AgentChecks;
import io.sonde.health.Health;
import io.sonde.health.JvmChecks;
import io.sonde.health.Service;
import io.sonde.health.server.Binding;
import io.sonde.health.server.HealthServer;
import io.sonde.health.server.Response;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What starts once the application runs: the health server, the exporters, the pipeline. */
final class Stages {

  private final Settings settings;
  private final Ledger ledger;
  private final Pipeline pipeline;
  private final PoolTable pools;
  private final Recorder recorder;
  private final Weaver weaver;
  private final long premainNanos;
  private final StatusPage status;
  private final Health health = new Health();
  private final LiveThresholds thresholds;

  /** Set before its reader's thread starts. */
  private @Nullable Exporters exporters;

  private final SettingsWatch settingsWatch;
  private final StartedWatch startedWatch;
  private final Registrations registrations;
  private final HealthServer server =
      new HealthServer(health, AgentThreads.factory("health-server"));

  Stages(
      Settings settings,
      Ledger ledger,
      Pipeline pipeline,
      PoolTable pools,
      Recorder recorder,
      Weaver weaver,
      long startNanos,
      long premainNanos) {
    this.settings = settings;
    this.ledger = ledger;
    this.pipeline = pipeline;
    this.pools = pools;
    this.recorder = recorder;
    this.weaver = weaver;
    this.premainNanos = premainNanos;
    this.thresholds = new LiveThresholds(settings);
    this.settingsWatch = new SettingsWatch(settings, this::settingsChanged);
    this.startedWatch =
        new StartedWatch(
            health, this::applied, settings.get(Keys.HEALTH_STARTUP_GRACE), System.nanoTime());
    this.registrations =
        new Registrations(settings, System.getenv(), health, recorder.servers()::firstPort);
    this.status =
        new StatusPage(
            settings, ledger, weaver, recorder, pipeline, registrations, startNanos, premainNanos);
  }

  /** On {@code sonde-start}. */
  void start() {
    OptionalInt port = settings.get(Keys.HEALTH_ENABLED) ? bindHealth() : OptionalInt.empty();
    int slot = port.isPresent() ? slot(port.getAsInt()) : 1;
    ServiceIdentity identity =
        new ServiceDiscovery(settings, System.getProperties(), System.getenv()).identify(slot);
    health.service(
        Service.named(identity.name())
            .instance(identity.instance())
            .version(identity.version())
            .note("sonde " + Version.text()));
    exporters = new Exporters(settings, identity, ledger, recorder, pools, health);
    List<Exporter> all = exporters.create();
    AgentChecks checks = new AgentChecks();
    all.add(checks);
    all.add(startedWatch);
    pipeline.start(all);
    pipeline.serviceStarted(
        new ServiceStart(
            identity.name(),
            identity.version(),
            Version.text(),
            System.getProperty("java.version", "unknown"),
            System.currentTimeMillis()));
    JvmChecks.addTo(health);
    checks.addTo(health, thresholds, recorder.live(), recorder.servers(), pools, ledger, pipeline);
    checks.addStores(health, recorder.stores(), recorder.live(), thresholds);
    checks.addTo(health, recorder.checks());
    health.onChange(new HealthEvents(pipeline));
    health.start(AgentThreads.factory("health"));
    settingsWatch.start();
    tellBill(identity, port);
    registrations.start(identity, port);
  }

  private void settingsChanged() {
    thresholds.renew();
    if (exporters != null) {
      exporters.renew();
    }
  }

  private OptionalInt bindHealth() {
    AccessToken token = AccessToken.of(settings);
    server.handle("/sonde/status", token.guard(request -> Response.json(200, status.describe())));
    Binding binding =
        server.bind(
            settings.get(Keys.HEALTH_HOST),
            settings.get(Keys.HEALTH_PORT),
            settings.get(Keys.HEALTH_PORT_STRICT));
    String problem = binding.problem();
    if (problem != null) {
      AgentLog.warn("health: " + problem);
    }
    return binding.port();
  }

  /** Several Sondes on one host take ports one after the other: that tells them apart. */
  private int slot(int port) {
    int first = settings.get(Keys.HEALTH_PORT);
    return first == 0 ? 1 : port - first + 1;
  }

  private void tellBill(ServiceIdentity identity, OptionalInt port) {
    AgentLog.info(
        Version.text()
            + " observes "
            + identity.name()
            + " ("
            + identity.instance()
            + "): premain "
            + TimeUnit.NANOSECONDS.toMillis(premainNanos)
            + " ms, "
            + weaver.weaves().size()
            + " classes matched, "
            + applied().size()
            + " instrumentations applied; "
            + address(port));
  }

  /** Names of the instrumentations that found their classes. */
  private Set<String> applied() {
    return weaver.weaves().stream()
        .filter(weave -> weave.outcome() == Weave.Outcome.APPLIED)
        .map(Weave::instrumentation)
        .collect(Collectors.toSet());
  }

  private String address(OptionalInt port) {
    return port.isPresent()
        ? "http://" + settings.get(Keys.HEALTH_HOST) + ":" + port.getAsInt() + "/health"
        : "no /health";
  }

  /** The first of the application's servers accepts. */
  void serverAccepting() {
    startedWatch.serverAccepting();
  }

  /** The application drains: ready no more. */
  void stopping() {
    health.stopping();
    registrations.stopping();
  }

  void close(long deadlineNanos) {
    settingsWatch.close();
    registrations.close(deadlineNanos);
    pipeline.close(deadlineNanos);
    server.close();
    health.close();
  }
}
