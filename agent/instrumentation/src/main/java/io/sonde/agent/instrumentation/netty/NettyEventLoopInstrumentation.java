// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/**
 * Carries what a thread serves into the tasks that it hands to Netty's event loops, as {@code
 * ExecutorsInstrumentation} does for the JDK's: a write from another thread is such a task. Tasks
 * for later are carried too, those that repeat never.
 */
public final class NettyEventLoopInstrumentation implements Instrumentation {

  private static final String LOOP = "io.netty.util.concurrent.SingleThreadEventExecutor";
  private static final String TASKS = "io.netty.util.concurrent.AbstractEventExecutor";
  private static final String SCHEDULE = "io.netty.util.concurrent.AbstractScheduledEventExecutor";
  private static final String SCHEDULED = "io.netty.util.concurrent.ScheduledFutureTask";

  @Override
  public String name() {
    return "netty-event-loop";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(LOOP, TASKS, SCHEDULE, SCHEDULED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case LOOP:
        hooks
            .advise(
                named("execute").and(takesArguments(Runnable.class, boolean.class)),
                SubmitAdvice.class)
            .advise(named("takeTask").and(takesArguments(0)), NextTaskAdvice.class);
        break;
      case TASKS:
        hooks.advise(named("safeExecute").and(takesArguments(Runnable.class)), RunAdvice.class);
        break;
      case SCHEDULE:
        hooks
            .advise(named("scheduleFromEventLoop").and(takesArguments(1)), ScheduleAdvice.class)
            .advise(
                namedOneOf("scheduleAtFixedRate", "scheduleWithFixedDelay")
                    .and(takesArguments(4))
                    .and(not(isBridge())),
                CleanAdvice.class)
            .advise(named("removeScheduled").and(takesArguments(1)), CleanAdvice.class);
        break;
      default:
        hooks.advise(named("cancel").and(takesArguments(boolean.class)), CancelAdvice.class);
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

  /**
   * On the loop's thread, also for a task from another thread that arrived too early: as a task for
   * now it took its context off the table. Other loops than these would never take it again.
   */
  static final class ScheduleAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This AbstractScheduledEventExecutor loop, @Advice.Argument(0) Object task) {
      if (loop instanceof SingleThreadEventExecutor) {
        SondeBridge.taskSubmitted(task);
      }
    }
  }

  /** What repeats serves nobody, from its first run on, nor does the removal of a timeout. */
  static final class CleanAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter() {
      return SondeBridge.enter(null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** Timeouts are cancelled more often than run. */
  static final class CancelAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.Return boolean cancelled) {
      if (cancelled) {
        SondeBridge.taskDropped(task);
      }
    }
  }
}
