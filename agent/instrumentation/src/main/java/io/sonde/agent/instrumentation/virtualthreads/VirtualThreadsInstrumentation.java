// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.virtualthreads;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hooks of a virtual thread's start, on both sides. */
public final class VirtualThreadsInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "virtual-threads";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("java.lang.VirtualThread");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(named("start").and(takesArguments(1)), StartAdvice.class)
        .advise(named("run").and(takesArguments(Runnable.class)), RunAdvice.class);
  }

  static final class StartAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object thread) {
      SondeBridge.taskSubmitted(thread);
    }
  }

  static final class RunAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object thread) {
      SondeBridge.taskStarted(thread);
    }
  }
}
