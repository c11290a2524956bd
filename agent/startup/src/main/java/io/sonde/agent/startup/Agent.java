// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.startup.checks.AgentChecks;
import io.sonde.bridge.SondeBridge;
import io.sonde.health.Health;
import io.sonde.health.JvmChecks;
import io.sonde.health.Service;
import io.sonde.health.server.Binding;
import io.sonde.health.server.HealthServer;
import io.sonde.health.server.Response;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One attached Sonde: the only place that knows all parts and wires them.
 *
 * <pre>
 *  main thread   premain ─▶ install ─▶ (JVM loads main class … waits for the weaving) ─▶ main
 *  sonde-start      └─▶ weave the JDK's classes ─┘     └─▶ health server, exporters, the bill
 * </pre>
 */
final class Agent implements Lifecycle {

  private static final long MAIN_WAIT_MILLIS = 2_000;
  private static final long LAST_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_900);

  /** When classes are looked for that were loaded behind the weaver's back. */
  private static final long[] SWEEPS_SECONDS = {1, 5, 30};

  private final Settings settings;
  private final java.lang.instrument.Instrumentation jvm;
  private final long startNanos;
  private final Ledger ledger = new Ledger();
  private final Pipeline pipeline = new Pipeline(ledger);
  private final PoolTable pools = new PoolTable(PoolReaders::of);
  private final Recorder recorder;
  private final Weaver weaver;
  private final Health health = new Health();
  private final AgentChecks checks = new AgentChecks();
  private final HealthServer server;
  private final CountDownLatch woven = new CountDownLatch(1);
  private final MainClassWatch mainClass = new MainClassWatch(woven);
  private volatile long premainNanos;

  Agent(
      Settings settings,
      java.lang.instrument.Instrumentation jvm,
      List<Instrumentation> instrumentations,
      long startNanos) {
    this.settings = settings;
    this.jvm = jvm;
    this.startNanos = startNanos;
    this.recorder =
        new Recorder(
            propagation(settings),
            settings.get(Keys.SAMPLING_RATE),
            settings.get(Keys.SAMPLING_PER_SECOND),
            pipeline,
            pools,
            this);
    this.weaver = new Weaver(instrumentations, Agent.class.getClassLoader(), Agent::tell);
    this.server = new HealthServer(health, AgentThreads.factory("health-server"));
  }

  /** On the main thread, within premain. */
  void install() {
    recorder.mdc(settings.get(Keys.LOGS_MDC));
    SondeBridge.install(recorder);
    jvm.addTransformer(weaver, true);
    jvm.addTransformer(mainClass);
    AgentThreads.unstarted("start", this::run).start();
    premainNanos = System.nanoTime() - startNanos;
  }

  @Override
  public void shutdownBegun() {
    health.stopping();
  }

  /** Everything that was recorded while the application drained goes out now. */
  @Override
  public void shutdownEnded() {
    long deadline = System.nanoTime() + LAST_FLUSH_NANOS;
    SondeBridge.install(null);
    pipeline.close(deadline);
    server.close();
    health.close();
    AgentLog.info("last flush done: " + StatusPage.summary(ledger));
  }

  private void run() {
    try {
      weaveLoaded();
    } catch (Throwable t) {
      AgentLog.warn("the JDK's classes are not instrumented: " + AgentLog.brief(t));
    } finally {
      woven.countDown();
    }
    try {
      mainClass.await(MAIN_WAIT_MILLIS);
      jvm.removeTransformer(mainClass);
      startStages();
      sweep();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      AgentLog.warn("not fully started: " + AgentLog.brief(t));
    }
  }

  /** Classes that were loaded before the transformer was there: the JDK's own, mostly. */
  private void weaveLoaded() throws Exception {
    // Loaded with the first hook, else never: then its end would not be seen.
    Class.forName("java.lang.ApplicationShutdownHooks", true, null);
    for (Class<?> missed : weaver.missed(jvm.getAllLoadedClasses())) {
      if (jvm.isModifiableClass(missed)) {
        retransform(missed);
      }
    }
  }

  /** One by one: a class that cannot be changed must not spoil the others. */
  private void retransform(Class<?> type) {
    try {
      jvm.retransformClasses(type);
    } catch (Throwable t) {
      AgentLog.warn(type.getName() + " is not instrumented: " + AgentLog.brief(t));
    }
  }

  private void startStages() {
    OptionalInt port = settings.get(Keys.HEALTH_ENABLED) ? bindHealth() : OptionalInt.empty();
    int slot = port.isPresent() ? slot(port.getAsInt()) : 1;
    ServiceIdentity identity =
        new ServiceDiscovery(settings, System.getProperties(), System.getenv()).identify(slot);
    health.service(
        Service.named(identity.name())
            .instance(identity.instance())
            .version(identity.version())
            .note("sonde " + Version.text()));
    Exporters exporters = new Exporters(settings, identity, ledger, recorder, pools);
    List<Exporter> all = exporters.create();
    all.add(checks);
    pipeline.start(all);
    JvmChecks.addTo(health);
    checks.addTo(
        health,
        settings.get(Keys.HEALTH_RESPONSE_TIME_WARN).toMillis(),
        recorder.live(),
        pools,
        ledger,
        pipeline);
    health.start(AgentThreads.factory("health"));
    health.started();
    tellBill(identity, port);
  }

  private OptionalInt bindHealth() {
    StatusPage status = new StatusPage(settings, ledger, weaver, recorder, pipeline, startNanos);
    status.premainNanos(premainNanos);
    server.handle("/sonde/status", request -> Response.json(200, status.describe()));
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
    long applied =
        weaver.weaves().stream()
            .filter(weave -> weave.outcome() == Weave.Outcome.APPLIED)
            .map(Weave::instrumentation)
            .distinct()
            .count();
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
            + applied
            + " instrumentations applied; "
            + address(port));
  }

  private String address(OptionalInt port) {
    return port.isPresent()
        ? "http://" + settings.get(Keys.HEALTH_HOST) + ":" + port.getAsInt() + "/health"
        : "no /health";
  }

  private void sweep() throws InterruptedException {
    long slept = 0;
    for (long seconds : SWEEPS_SECONDS) {
      Thread.sleep(TimeUnit.SECONDS.toMillis(seconds - slept));
      slept = seconds;
      for (Class<?> missed : weaver.missed(jvm.getAllLoadedClasses())) {
        if (jvm.isModifiableClass(missed)) {
          retransform(missed);
        }
      }
    }
  }

  private static void tell(Weave weave) {
    if (weave.outcome() != Weave.Outcome.APPLIED) {
      AgentLog.once(
          weave.instrumentation() + weave.type() + weave.reason(),
          weave.instrumentation()
              + ": "
              + weave.type()
              + " is not instrumented: "
              + weave.reason());
    }
  }

  private static Propagation propagation(Settings settings) {
    return new Propagation(
        settings.get(Keys.PROPAGATION_EXTRACT),
        settings.get(Keys.PROPAGATION_INJECT),
        settings.get(Keys.PROPAGATION_HOSTS),
        settings.get(Keys.REQUEST_ID_HEADER),
        settings.get(Keys.REQUEST_ID_RESPOND),
        settings.find(Keys.ZIPKIN_ENDPOINT) != null);
  }
}
