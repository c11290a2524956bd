// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.executors;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.TimerTask;
import net.bytebuddy.asm.Advice;

/** Hooks of {@code java.util.Timer}; the package's comment has the table. */
public final class TimerInstrumentation implements Instrumentation {

  private static final String TIMER = "java.util.Timer";
  private static final String TASK = "java.util.TimerTask";
  private static final String QUEUE = "java.util.TaskQueue";

  @Override
  public String name() {
    return "timer";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(TIMER, TASK, QUEUE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case TIMER:
        hooks.advise(
            named("sched").and(takesArguments(TimerTask.class, long.class, long.class)),
            ScheduleAdvice.class);
        break;
      case TASK:
        hooks.advise(named("cancel").and(takesArguments(0)), CancelAdvice.class);
        break;
      default:
        hooks
            .advise(named("removeMin").and(takesArguments(0)), StartAdvice.class)
            .advise(named("isEmpty").and(takesArguments(0)), NextTaskAdvice.class);
    }
  }

  static final class ScheduleAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) TimerTask task, @Advice.Argument(2) long period) {
      if (period == 0) {
        SondeBridge.taskSubmitted(task);
      }
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit(
        @Advice.Argument(0) TimerTask task,
        @Advice.Argument(2) long period,
        @Advice.Thrown Throwable thrown) {
      if (thrown != null && period == 0) {
        SondeBridge.taskDropped(task);
      }
    }
  }

  static final class CancelAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.Return boolean cancelled) {
      if (cancelled) {
        SondeBridge.taskDropped(task);
      }
    }
  }

  /** The timer's thread takes the first task, which runs once, out of its heap and runs it. */
  static final class StartAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("queue") TimerTask[] heap) {
      SondeBridge.taskStarted(heap[1]);
    }
  }

  /** Asked by the timer's thread alone, before each task: what the one before left goes away. */
  static final class NextTaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      SondeBridge.enter(null);
    }
  }
}
