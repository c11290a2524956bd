// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * Carries what a thread serves into the tasks that it hands to Netty's event loops, as {@code
 * ExecutorsInstrumentation} does for the JDK's: a write from another thread is such a task.
 */
public final class NettyEventLoopInstrumentation implements Instrumentation {

  private static final String LOOP = "io.netty.util.concurrent.SingleThreadEventExecutor";
  private static final String TASKS = "io.netty.util.concurrent.AbstractEventExecutor";

  @Override
  public String name() {
    return "netty-event-loop";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(LOOP, TASKS);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(LOOP)) {
      hooks
          .advise(
              named("execute").and(takesArguments(Runnable.class, boolean.class)),
              SubmitAdvice.class)
          .advise(named("takeTask").and(takesArguments(0)), NextTaskAdvice.class);
    } else {
      hooks.advise(named("safeExecute").and(takesArguments(Runnable.class)), RunAdvice.class);
    }
  }

  static final class SubmitAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      SondeBridge.taskSubmitted(task);
    }
  }

  /** A loop without I/O takes each task to run it: what the one before left is taken away first. */
  static final class NextTaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      SondeBridge.enter(null);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return Object task) {
      if (task != null) {
        SondeBridge.taskStarted(task);
      }
    }
  }

  /** A loop with I/O runs each task here. */
  static final class RunAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Object task, @Advice.Local("scope") Object scope) {
      scope = SondeBridge.taskStarted(task);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean scoped, @Advice.Local("scope") Object scope) {
      if (scoped) {
        SondeBridge.leave(scope);
      }
    }
  }
}
