// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.sonde.agent.instrumentation.Weave;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A JVM ends once: what the hook does is proven in a forked one. */
class ShutdownInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ShutdownInstrumentation());

  @Test
  void weavesTheClassThatRunsTheHooks() {
    // The class is loaded with the first hook.
    Thread hook = new Thread();
    Runtime.getRuntime().addShutdownHook(hook);
    Runtime.getRuntime().removeShutdownHook(hook);

    assertThat(sonde.weaves())
        .extracting(Weave::type, Weave::outcome)
        .contains(tuple("java.lang.ApplicationShutdownHooks", Weave.Outcome.APPLIED));
  }
}
