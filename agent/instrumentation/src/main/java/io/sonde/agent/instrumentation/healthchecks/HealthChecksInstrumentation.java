// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.healthchecks;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class HealthChecksInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "health-checks";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("io.sonde.health.Health");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(named("exported").and(takesArguments(2)), AddedAdvice.class)
        .advise(named("withdrawn").and(takesArguments(1)), RemovedAdvice.class);
  }

  static final class AddedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) String name, @Advice.Argument(1) Supplier<?> check) {
      SondeBridge.healthCheckAdded(name, check);
    }
  }

  static final class RemovedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Supplier<?> check) {
      SondeBridge.healthCheckRemoved(check);
    }
  }
}
