// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.virtualthreads;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.instrumentation.uncaught.UncaughtInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Together with the instrumentations whose pools run and wake virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadsInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new VirtualThreadsInstrumentation(),
          new ExecutorsInstrumentation(),
          new ForkJoinInstrumentation(),
          new UncaughtInstrumentation());

  private static Thread start(Runnable body) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
  }

  @Test
  void carriesContextIntoAVirtualThread() throws Exception {
    CompletableFuture<Object> seen = new CompletableFuture<>();

    Exchange exchange =
        sonde.serving(() -> start(() -> seen.complete(SondeBridge.current())).join(10_000));
    sonde.nextExchange();

    assertThat(seen.get()).isSameAs(exchange);
  }

  @Test
  void carriesContextIntoAnExecutorOfVirtualThreads() throws Exception {
    ExecutorService executor =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Object> seen = new ArrayList<>();

    Exchange exchange = sonde.serving(() -> seen.add(executor.submit(SondeBridge::current).get()));
    sonde.nextExchange();
    seen.add(executor.submit(SondeBridge::current).get());
    executor.shutdown();

    assertThat(seen).containsExactly(exchange, null);
  }

  /** A note of the scheduler's own tasks would stay: carriers take none. */
  @Test
  void notesNothingInTenThousandParks() throws Exception {
    Exchanger<String> meeting = new Exchanger<>();
    List<Object> seen = new ArrayList<>();

    sonde.serving(
        () -> {
          Object expected = SondeBridge.current();
          Thread thread = start(() -> meet(meeting, expected, seen));
          for (int i = 0; i < 10_000; i++) {
            meeting.exchange("from outside", 10, TimeUnit.SECONDS);
          }
          thread.join(10_000);
        });
    sonde.nextExchange();

    assertThat(seen).isEmpty();
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  /** Parks for its partner, mostly, and looks at its context each time. */
  private static void meet(Exchanger<String> meeting, Object expected, List<Object> wrong) {
    try {
      for (int i = 0; i < 10_000; i++) {
        meeting.exchange("from inside", 10, TimeUnit.SECONDS);
        if (SondeBridge.current() != expected) {
          wrong.add(SondeBridge.current());
        }
      }
    } catch (Exception e) {
      wrong.add(e);
    }
  }

  @Test
  void notesNothingWhenVirtualThreadsSleep() throws Exception {
    List<Thread> threads = new ArrayList<>();

    sonde.serving(
        () -> {
          for (int i = 0; i < 20; i++) {
            threads.add(start(VirtualThreadsInstrumentationTest::sleepOften));
          }
          for (Thread thread : threads) {
            thread.join(10_000);
          }
        });
    sonde.nextExchange();

    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  private static void sleepOften() {
    try {
      for (int i = 0; i < 20; i++) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void recordsWhatEndsAVirtualThread() throws Exception {
    IllegalStateException thrown = new IllegalStateException("on a virtual thread");

    start(
            () -> {
              throw thrown;
            })
        .join(10_000);

    assertThat(sonde.nextError().thrown()).isSameAs(thrown);
  }
}
