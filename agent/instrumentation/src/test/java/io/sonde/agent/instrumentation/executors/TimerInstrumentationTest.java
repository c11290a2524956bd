// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimerInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new TimerInstrumentation());

  private final Timer timer = new Timer(true);
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void cancelAndLookForWhatIsLeft() {
    timer.cancel();
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  private TimerTask looking() {
    return new TimerTask() {
      @Override
      public void run() {
        seen.add(String.valueOf(SondeBridge.current()));
      }
    };
  }

  private String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void carriesContextIntoATaskThatRunsOnce() throws Exception {
    Exchange exchange = sonde.serving(() -> timer.schedule(looking(), 1));
    sonde.nextExchange();
    assertThat(next()).isEqualTo(exchange.toString());

    timer.schedule(looking(), 1);
    assertThat(next()).isEqualTo("null");
  }

  @Test
  void keepsContextOutOfPeriodicTasks() throws Exception {
    sonde.serving(
        () -> {
          timer.schedule(looking(), 1);
          timer.schedule(looking(), 50, 1);
        });
    sonde.nextExchange();

    assertThat(next()).isNotEqualTo("null");
    assertThat(next()).isEqualTo("null");
    assertThat(next()).isEqualTo("null");
  }

  /** Its thread is started lazily, in a request, and outlives it. */
  @Test
  void keepsContextOutOfTheTimersThread() throws Exception {
    Timer[] late = new Timer[1];
    sonde.serving(() -> late[0] = new Timer(true));
    sonde.nextExchange();

    late[0].schedule(looking(), 1);

    assertThat(next()).isEqualTo("null");
    late[0].cancel();
  }

  @Test
  void forgetsWhatIsCancelledOrRefused() throws Exception {
    TimerTask cancelled = looking();
    sonde.serving(
        () -> {
          timer.schedule(cancelled, 60_000);
          assertThat(sonde.recorder().pendingContexts()).isEqualTo(1);
          assertThatThrownBy(() -> timer.schedule(cancelled, 1))
              .isInstanceOf(IllegalStateException.class);
          assertThat(sonde.recorder().pendingContexts()).isEqualTo(1);
          assertThat(cancelled.cancel()).isTrue();
        });
    sonde.nextExchange();

    assertThat(sonde.recorder().pendingContexts()).isZero();
  }
}
