// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.uncaught;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.ErrorRecord;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UncaughtInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new UncaughtInstrumentation());

  @Test
  void recordsWhatEndsAThreadAndLeavesItToItsHandler() throws Exception {
    AtomicReference<Throwable> handled = new AtomicReference<>();
    IllegalStateException thrown = new IllegalStateException("nobody catches me");

    run(
        new Thread(
            () -> {
              throw thrown;
            },
            "doomed"),
        handled);

    ErrorRecord error = sonde.nextError();
    assertThat(error.thrown()).isSameAs(thrown);
    assertThat(error.seenAt()).isEqualTo("uncaught");
    assertThat(error.threadName()).isEqualTo("doomed");
    assertThat(handled.get()).isSameAs(thrown);
  }

  @Test
  void isSilentOnSondesOwnThreads() throws Exception {
    AtomicReference<Throwable> handled = new AtomicReference<>();
    IllegalStateException thrown = new IllegalStateException("ours");

    run(
        AgentThreads.unstarted(
            "test",
            () -> {
              throw thrown;
            }),
        handled);

    assertThat(handled.get()).isSameAs(thrown);
  }

  private static void run(Thread thread, AtomicReference<Throwable> handled) throws Exception {
    thread.setUncaughtExceptionHandler((t, e) -> handled.set(e));
    thread.start();
    thread.join(10_000);
  }
}
