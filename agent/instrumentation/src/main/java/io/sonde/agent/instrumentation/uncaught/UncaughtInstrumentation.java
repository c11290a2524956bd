// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.uncaught;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hook of the JDK's way to the uncaught exception handlers. */
public final class UncaughtInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "uncaught";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("java.lang.Thread");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(
        named("dispatchUncaughtException").and(takesArguments(Throwable.class)),
        UncaughtAdvice.class);
  }

  static final class UncaughtAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Thread thread, @Advice.Argument(0) Throwable thrown) {
      SondeBridge.uncaught(thread, thrown);
    }
  }
}
