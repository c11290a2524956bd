// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.StoreTable;
import io.sonde.bridge.SondeBridge;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

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

  /** What an application that loads and loads classes has for itself at most. */
  private static final long MAX_HEAD_START_MILLIS = 10_000;

  private static final long LAST_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(1_900);

  /** Read once, when Byte Buddy is loaded; the application's own copy must not see it. */
  private static final String RAW_TYPES = "net.bytebuddy.raw";

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
  private final CountDownLatch woven = new CountDownLatch(1);
  private final MainClassWatch mainClass = new MainClassWatch(woven);
  private volatile long premainNanos;

  private final ReentrantLock starting = new ReentrantLock();

  private volatile boolean accepting;

  /** Null until the application has loaded its classes. */
  private volatile @Nullable Stages stages;

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
  }

  /** On the main thread, within premain. */
  void install() {
    recorder.servers().readers(ServerReaders::of);
    recorder.mdc(settings.get(Keys.LOGS_MDC));
    recorder.recover(settings.get(Keys.EXCEPTIONS_RECOVER));
    recorder.logLevels(ApplicationLogs.levels(settings));
    recorder.stores(new StoreTable(StoreReaders::of));
    SondeBridge.install(recorder);
    jvm.addTransformer(weaver, true);
    // As one that retransforms, though it never does: the JVM keeps the others apart, and would
    // hand every class over twice.
    jvm.addTransformer(mainClass, true);
    AgentThreads.unstarted("start", this::run).start();
    premainNanos = System.nanoTime() - startNanos;
  }

  @Override
  public void serverAccepting() {
    accepting = true;
    Stages started = stages;
    if (started != null) {
      started.serverAccepting();
    }
  }

  @Override
  public void shutdownBegun() {
    Stages started = stages;
    if (started != null) {
      started.stopping();
    }
  }

  /** Everything that was recorded while the application drained goes out now. */
  @Override
  public void shutdownEnded() {
    long deadline = System.nanoTime() + LAST_FLUSH_NANOS;
    SondeBridge.install(null);
    Stages started = stagesAtTheEnd(deadline);
    if (started == null) {
      return;
    }
    started.close(deadline);
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
      mainClass.awaitQuiet(MAX_HEAD_START_MILLIS, pipeline::hasItems);
      jvm.removeTransformer(mainClass);
      startStages();
      sweep();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable t) {
      AgentLog.warn("not fully started: " + AgentLog.brief(t));
    }
  }

  /**
   * Classes that were loaded before the transformer was there: the JDK's own, mostly. Byte Buddy
   * comes in here, and is told to leave generic signatures alone, which advice does not need.
   */
  private void weaveLoaded() throws Exception {
    String before = System.getProperty(RAW_TYPES);
    System.setProperty(RAW_TYPES, "true");
    try {
      retransformLoaded();
    } finally {
      if (before == null) {
        System.clearProperty(RAW_TYPES);
      } else {
        System.setProperty(RAW_TYPES, before);
      }
    }
  }

  private void retransformLoaded() throws Exception {
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

  /** Whoever is first: {@code sonde-start}, or the shutdown of a short-lived application. */
  private Stages startStages() {
    starting.lock();
    try {
      Stages started = stages;
      if (started == null) {
        started =
            new Stages(
                settings, ledger, pipeline, pools, recorder, weaver, startNanos, premainNanos);
        started.start();
        stages = started;
        // After stages, so that whoever accepts meanwhile is seen by one of both.
        if (accepting) {
          started.serverAccepting();
        }
      }
      return started;
    } finally {
      starting.unlock();
    }
  }

  /**
   * What is to be closed. An application that ended before the stages started, and gave them
   * nothing, does not wait for them; nor does one whose stages hang while they start.
   */
  private @Nullable Stages stagesAtTheEnd(long deadlineNanos) {
    try {
      if (!starting.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    try {
      return stages == null && pipeline.hasItems() ? startStages() : stages;
    } finally {
      starting.unlock();
    }
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
    weaver.settle();
  }

  private static void tell(Weave weave) {
    if (weave.reason() != null) {
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
