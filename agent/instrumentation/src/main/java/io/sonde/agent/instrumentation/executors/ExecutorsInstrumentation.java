// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.executors;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import net.bytebuddy.asm.Advice;

/** Hooks of thread pools and their scheduled kind; the package's comment has the table. */
public final class ExecutorsInstrumentation implements Instrumentation {

  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor";
  private static final String WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";
  private static final String SCHEDULED = "java.util.concurrent.ScheduledThreadPoolExecutor";

  @Override
  public String name() {
    return "executors";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(POOL, WORKER, SCHEDULED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case POOL:
        hooks
            .advise(named("execute").and(takesArguments(Runnable.class)), SubmitAdvice.class)
            .advise(named("getTask").and(takesArguments(0)), NextTaskAdvice.class)
            .advise(named("reject").and(takesArgument(0, Runnable.class)), RejectAdvice.class)
            .advise(named("remove").and(takesArguments(Runnable.class)), RemoveAdvice.class);
        break;
      case WORKER:
        hooks.advise(named("run").and(takesArguments(0)), FirstTaskAdvice.class);
        break;
      default:
        hooks.advise(named("delayedExecute"), ScheduleAdvice.class);
    }
  }

  static final class SubmitAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      SondeBridge.taskSubmitted(task);
    }
  }

  /** Between two tasks of a worker: what the one before left is taken away first. */
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

  /** Entered once a thread; no exit: see the package's comment. */
  static final class FirstTaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("firstTask") Object task) {
      if (task != null) {
        SondeBridge.taskStarted(task);
      }
    }
  }

  static final class RejectAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      SondeBridge.taskDropped(task);
    }
  }

  static final class RemoveAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Object task, @Advice.Return boolean removed) {
      if (removed) {
        SondeBridge.taskDropped(task);
      }
    }
  }

  static final class ScheduleAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This ThreadPoolExecutor pool, @Advice.Argument(0) RunnableScheduledFuture<?> task) {
      // Java 21 wakes sleeping virtual threads with a pool of its own, one task a sleep.
      if (!task.isPeriodic()
          && !pool.getThreadFactory().getClass().getName().startsWith("java.lang.VirtualThread")) {
        SondeBridge.taskSubmitted(task);
      }
    }
  }
}
