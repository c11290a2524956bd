// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.Weaver;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.LogLevels;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.Propagation;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.ServerTable;
import io.sonde.agent.recording.StoreTable;
import io.sonde.bridge.SondeBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Weaves instrumentations in this JVM for the time of a test class, with the real recorder and
 * pipeline behind the bridge. Afterwards every class is as it was.
 *
 * <p>To be used as a static field:
 *
 * <pre>  &#64;RegisterExtension static final SondeExtension sonde = SondeExtension.with(new X());
 * </pre>
 *
 * After each test nothing may be in flight or unread, and no advice may have thrown.
 */
public final class SondeExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

  private static final long DEADLINE_SECONDS = 10;

  private final List<Instrumentation> instrumentations;
  private final CollectingExporter collected = new CollectingExporter();
  private final java.lang.instrument.Instrumentation jvm = ByteBuddyAgent.install();
  private Lifecycle lifecycle = Lifecycle.NONE;
  private ServerTable.Readers servers = kind -> null;
  private PoolTable pools = new PoolTable(kind -> null);
  private StoreTable stores = StoreTable.empty();
  private Weaver weaver;
  private Ledger ledger;
  private Pipeline pipeline;
  private Recorder recorder;

  private SondeExtension(List<Instrumentation> instrumentations) {
    this.instrumentations = instrumentations;
  }

  public static SondeExtension with(Instrumentation... instrumentations) {
    return new SondeExtension(List.of(instrumentations));
  }

  public SondeExtension lifecycle(Lifecycle newLifecycle) {
    lifecycle = newLifecycle;
    return this;
  }

  public SondeExtension pools(PoolTable.Readers readers) {
    pools = new PoolTable(readers);
    return this;
  }

  public SondeExtension stores(StoreTable.Readers readers) {
    stores = new StoreTable(readers);
    return this;
  }

  public SondeExtension servers(ServerTable.Readers readers) {
    servers = readers;
    return this;
  }

  // ---- what tests ask --------------------------------------------------------------------------

  /** The next finished exchange that was not read yet. Waits for it. */
  public Exchange nextExchange() {
    return next("exchange", collected.exchanges);
  }

  public LogEvent nextLog() {
    return next("log event", collected.logs);
  }

  /** Whether there is one that nobody has read. */
  public boolean hasLogs() {
    awaitPipeline();
    return !collected.logs.isEmpty();
  }

  public ErrorRecord nextError() {
    return next("error", collected.errors);
  }

  public PoolUse nextPoolUse() {
    return next("pool use", collected.pools);
  }

  /** Whether there is one that nobody has read. */
  public boolean hasPoolUses() {
    awaitPipeline();
    return !collected.pools.isEmpty();
  }

  /** Errors are a consequence of most failures: tests that are about something else skip them. */
  public void ignoreErrors() {
    awaitPipeline();
    collected.errors.clear();
  }

  public PoolTable pools() {
    return pools;
  }

  public StoreTable stores() {
    return stores;
  }

  public Recorder recorder() {
    return recorder;
  }

  /** As the agent does when the application has started: what weaving has read is let go of. */
  public void settle() {
    weaver.settle();
  }

  public List<Weave> weaves() {
    return weaver.weaves();
  }

  /** Exchanges in flight. */
  public List<Exchange> inFlight() {
    List<Exchange> all = new ArrayList<>();
    recorder.live().forEach(all::add);
    return all;
  }

  /** Runs the action while Sonde is switched off. */
  public void whileOff(ThrowingRunnable action) throws Exception {
    SondeBridge.install(null);
    try {
      action.run();
    } finally {
      SondeBridge.install(recorder);
    }
  }

  /** Runs the action on a thread that serves a request, and returns that request's exchange. */
  public Exchange serving(ThrowingRunnable action) throws Exception {
    Object exchange = SondeBridge.serverStarted("test");
    SondeBridge.serverRequest(exchange, "GET", "/test", null, null);
    Object scope = SondeBridge.enter(exchange);
    try {
      action.run();
    } finally {
      SondeBridge.leave(scope);
      SondeBridge.finished(exchange, 200, null);
    }
    return (Exchange) exchange;
  }

  /** Waits until the condition holds, and fails after a while. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + DEADLINE_SECONDS + " s: " + what);
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** May throw. */
  @FunctionalInterface
  public interface ThrowingRunnable {
    void run() throws Exception;
  }

  /** An empty queue is not enough: its last item may not have been handed on yet. */
  private void awaitPipeline() {
    await(
        "the pipeline has handed on all",
        () ->
            ledger.accounts().stream()
                .allMatch(account -> account.taken() == account.sent() + account.dropped()));
  }

  private static <T> T next(String what, BlockingQueue<T> queue) {
    try {
      T next = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("an " + what + " within " + DEADLINE_SECONDS + " s").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ---- JUnit's calls ---------------------------------------------------------------------------

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    assertThat(SondeBridge.class.getClassLoader())
        .as("the bridge's loader: woven JDK classes find it in the boot loader only")
        .isNull();
    ledger = new Ledger();
    pipeline = new Pipeline(ledger, 0);
    pipeline.start(List.of(collected));
    recorder = newRecorder(pipeline);
    SondeBridge.install(recorder);
    weaver = new Weaver(instrumentations, new AdviceLoader(), weave -> {});
    jvm.addTransformer(weaver, true);
    List<Class<?>> loaded = weaver.missed(jvm.getAllLoadedClasses());
    if (!loaded.isEmpty()) {
      jvm.retransformClasses(loaded.toArray(new Class<?>[0]));
    }
  }

  private Recorder newRecorder(Pipeline to) {
    List<String> extract = List.of("b3", "b3multi", "tracecontext");
    List<String> inject = List.of("b3", "tracecontext", "request-id");
    Propagation propagation =
        new Propagation(extract, inject, List.of(), "X-Request-ID", true, true);
    Recorder next = new Recorder(propagation, 1.0, 1_000_000, to, pools, lifecycle);
    next.logLevels(LogLevels.from(1));
    next.servers().readers(servers);
    next.stores(stores);
    return next;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    assertThat(SondeBridge.current()).as("left on the test's thread").isNull();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      await("in flight: " + paths(inFlight()), () -> inFlight().isEmpty());
      awaitPipeline();
      assertThat(paths(collected.exchanges)).as("exchanges that nobody read").isEmpty();
      assertThat(collected.errors)
          .as("errors that nobody read, but for what was only logged")
          .allMatch(error -> error.seenAt().equals("log"));
      assertThat(recorder.swallowedCount()).as("what advice has thrown").isZero();
      assertThat(SondeBridge.current()).as("left on the test's thread").isNull();
      assertThat(weaver.weaves())
          .as("refused or failed")
          .filteredOn(weave -> weave.reason() != null)
          .extracting(weave -> weave.type() + ": " + weave.reason())
          .isEmpty();
    } finally {
      collected.exchanges.clear();
      collected.errors.clear();
      collected.logs.clear();
      collected.pools.clear();
    }
  }

  private static List<String> paths(Iterable<Exchange> exchanges) {
    List<String> paths = new ArrayList<>();
    Consumer<Exchange> add = e -> paths.add(e.kind() + " " + e.path() + " " + e.status());
    exchanges.forEach(add);
    return paths;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    SondeBridge.install(null);
    jvm.removeTransformer(weaver);
    List<Class<?>> woven = new ArrayList<>();
    for (Class<?> type : jvm.getAllLoadedClasses()) {
      for (Instrumentation instrumentation : instrumentations) {
        if (instrumentation.types().contains(type.getName())) {
          woven.add(type);
        }
      }
    }
    if (!woven.isEmpty()) {
      jvm.retransformClasses(woven.toArray(new Class<?>[0]));
    }
    pipeline.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(2));
  }

  /** Advice is read through a loader that is not the libraries' own, as in a real process. */
  private static final class AdviceLoader extends ClassLoader {
    AdviceLoader() {
      super(SondeExtension.class.getClassLoader());
    }
  }
}
