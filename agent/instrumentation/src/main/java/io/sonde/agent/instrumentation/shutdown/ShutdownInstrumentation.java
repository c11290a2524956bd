// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.shutdown;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hook around the application's shutdown hooks. */
public final class ShutdownInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "shutdown";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("java.lang.ApplicationShutdownHooks");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(named("runHooks").and(takesArguments(0)), HooksAdvice.class);
  }

  static final class HooksAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      SondeBridge.shutdownBegun();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit() {
      SondeBridge.shutdownEnded();
    }
  }
}
