// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.coroutines;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.GlobalScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Coroutines as Kotlin's compiler makes them of suspending functions, by hand. */
class CoroutinesInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new CoroutinesInstrumentation(),
          new ExecutorsInstrumentation(),
          new ForkJoinInstrumentation());

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void shutDownAndLookForWhatIsLeft() {
    pool.shutdownNow();
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  /** A suspending call. */
  private interface Suspending {
    Object call(Continuation<? super Unit> next);
  }

  /** Looks, calls, and looks again: {@code suspend { look(); call(); look() }}. */
  private final class Body extends ContinuationImpl {
    private final Suspending call;
    private int label;

    Body(Suspending call, Continuation<Object> completion) {
      super(completion);
      this.call = call;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected Object invokeSuspend(Object result) {
      look();
      if (label++ == 0) {
        Object suspended = IntrinsicsKt.getCOROUTINE_SUSPENDED();
        if (call.call((Continuation) this) == suspended) {
          return suspended;
        }
        look();
      }
      return Unit.INSTANCE;
    }

    Object begin() {
      return invokeSuspend(Unit.INSTANCE);
    }
  }

  private void look() {
    seen.add(String.valueOf(SondeBridge.current()));
  }

  private String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private void launch(CoroutineContext dispatcher, Suspending call) {
    BuildersKt.launch(
        GlobalScope.INSTANCE,
        dispatcher,
        CoroutineStart.DEFAULT,
        (scope, completion) -> new Body(call, (Continuation) completion).begin());
  }

  @Test
  void carriesContextIntoACoroutineAndOverItsDelay() throws Exception {
    Exchange exchange =
        sonde.serving(() -> launch(Dispatchers.getDefault(), next -> DelayKt.delay(20, next)));
    sonde.nextExchange();

    assertThat(next()).isEqualTo(exchange.toString());
    assertThat(next()).isEqualTo(exchange.toString());
  }

  @Test
  void carriesContextIntoADispatcherOverAPool() throws Exception {
    CoroutineContext dispatcher = ExecutorsKt.from(pool);

    Exchange exchange = sonde.serving(() -> launch(dispatcher, next -> DelayKt.delay(20, next)));
    sonde.nextExchange();
    assertThat(next()).isEqualTo(exchange.toString());
    assertThat(next()).isEqualTo(exchange.toString());

    launch(dispatcher, next -> DelayKt.delay(1, next));
    assertThat(next()).isEqualTo("null");
    assertThat(next()).isEqualTo("null");
  }

  /** Whoever wakes it up, it serves what it did: an actor serves nobody. */
  @Test
  void isNotDrawnIntoTheRequestThatWakesItUp() throws Exception {
    CompletableDeferred<Unit> signal = CompletableDeferredKt.CompletableDeferred(null);
    launch(ExecutorsKt.from(pool), signal::await);
    assertThat(next()).isEqualTo("null");

    sonde.serving(() -> signal.complete(Unit.INSTANCE));
    sonde.nextExchange();

    assertThat(next()).isEqualTo("null");
  }

  @Test
  void keepsToItsOwnRequestWhenAnotherWakesItUp() throws Exception {
    CompletableDeferred<Unit> signal = CompletableDeferredKt.CompletableDeferred(null);
    Exchange own = sonde.serving(() -> launch(Dispatchers.getIO(), signal::await));
    sonde.nextExchange();
    assertThat(next()).isEqualTo(own.toString());

    sonde.serving(() -> signal.complete(Unit.INSTANCE));
    sonde.nextExchange();

    assertThat(next()).isEqualTo(own.toString());
  }

  @Test
  void forgetsACoroutineThatHasEnded() throws Exception {
    for (int i = 0; i < 20; i++) { // more of them than there is room for
      sonde.serving(
          () -> {
            for (int each = 0; each < 1_000; each++) {
              launch(Dispatchers.getDefault(), next -> Unit.INSTANCE);
            }
          });
      sonde.nextExchange();
      for (int look = 0; look < 2_000; look++) {
        assertThat(next()).isNotEqualTo("null");
      }
    }

    assertThat(sonde.recorder().refusedContexts()).isZero();
  }
}
