// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.coroutines;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.DispatchedTask;
import kotlinx.coroutines.Job;
import net.bytebuddy.asm.Advice;

/** Hooks of a coroutine's life and of each of its runs; the package's comment has the table. */
public final class CoroutinesInstrumentation implements Instrumentation {

  private static final String COROUTINE = "kotlinx.coroutines.AbstractCoroutine";
  private static final String TASK = "kotlinx.coroutines.DispatchedTask";

  @Override
  public String name() {
    return "kotlin-coroutines";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(COROUTINE, TASK);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(COROUTINE)) {
      hooks
          .advise(isConstructor().and(not(isSynthetic())), CreateAdvice.class)
          .advise(named("onCompletionInternal").and(takesArguments(Object.class)), EndAdvice.class);
    } else {
      hooks.advise(named("run").and(takesArguments(0)), RunAdvice.class);
    }
  }

  static final class CreateAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object coroutine) {
      Object exchange = SondeBridge.current();
      if (exchange != null) {
        SondeBridge.attach(coroutine, exchange);
      }
    }
  }

  static final class EndAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object coroutine) {
      SondeBridge.detached(coroutine);
    }
  }

  static final class RunAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This DispatchedTask<?> task) {
      CoroutineContext context = task.getDelegate$kotlinx_coroutines_core().getContext();
      Object coroutine = context.get(Job.Key);
      return SondeBridge.enter(coroutine == null ? null : SondeBridge.attached(coroutine));
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(@Advice.Enter Object before) {
      SondeBridge.leave(before);
    }
  }
}
