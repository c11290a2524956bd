// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.futures;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountedCompleter;
import net.bytebuddy.asm.Advice;

/** Hooks of where the JDK's futures keep what a task has thrown, and hand it out. */
public final class FuturesInstrumentation implements Instrumentation {

  private static final String FUTURE = "java.util.concurrent.FutureTask";
  private static final String TASK = "java.util.concurrent.ForkJoinTask";
  private static final String STAGE = "java.util.concurrent.CompletableFuture";
  private static final String COMPOSED = STAGE + "$UniComposeExceptionally";

  @Override
  public String name() {
    return "futures";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(FUTURE, TASK, STAGE, COMPOSED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    boolean java8 = "1.8".equals(System.getProperty("java.specification.version"));
    switch (type) {
      case FUTURE:
        hooks
            .advise(named("setException").and(takesArguments(Throwable.class)), FailAdvice.class)
            .advise(named("report").and(takesArguments(int.class)), ReportAdvice.class)
            .adviseIfPresent(named("exceptionNow").and(takesArguments(0)), ThrownAdvice.class)
            .advise(named("runAndReset").and(takesArguments(0)), PeriodAdvice.class);
        break;
      case TASK:
        hooks
            .adviseIfPresent(named("recordExceptionalCompletion"), FailTaskAdvice.class)
            .adviseIfPresent(named("trySetThrown"), FailTaskAdvice.class)
            .adviseIfPresent(
                named("getThrowableException").and(takesArguments(0)), ThrownTaskAdvice.class)
            .adviseIfPresent(
                named("getException").and(takesArguments(boolean.class)), ThrownTaskAdvice.class);
        break;
      case STAGE:
        hooks
            .advise(
                named("completeThrowable").and(takesArguments(Throwable.class)),
                FailStageAdvice.class)
            .advise(named("reportGet").or(named("reportJoin")), ResultAdvice.class)
            .advise(
                named("uniHandle").or(named("uniWhenComplete")).or(named("uniExceptionally")),
                java8 ? OldHandlerAdvice.class : HandlerAdvice.class)
            .adviseIfPresent(named("exceptionNow").and(takesArguments(0)), ThrownAdvice.class)
            .adviseIfPresent(named("uniComposeExceptionallyStage"), ComposeAdvice.class);
        break;
      default:
        hooks.advise(named("tryFire").and(takesArgument(0, int.class)), ComposedAdvice.class);
    }
  }

  /** 0 is new: otherwise the future is cancelled, or has ended already. */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("state") int state, @Advice.Argument(0) Throwable thrown) {
      return state == 0 ? SondeBridge.failureBegun(thrown) : null;
    }

    /** 3 is exceptional. */
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object failure,
        @Advice.This Object future,
        @Advice.FieldValue("state") int state) {
      if (failure != null) {
        SondeBridge.failureKept(failure, state == 3 ? future : null);
      }
    }
  }

  static final class ReportAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) int state, @Advice.FieldValue("outcome") Object outcome) {
      if (state == 3) {
        SondeBridge.failureSeen(outcome);
      }
    }
  }

  /** False, but not cancelled: the period ends here, and nobody is told. */
  static final class PeriodAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Return boolean again,
        @Advice.FieldValue("state") int state,
        @Advice.FieldValue("outcome") Object outcome) {
      if (!again && state == 3) {
        SondeBridge.failureStops(outcome);
      }
    }
  }

  /** Below zero it has ended. Of a tree of completers the root is the one that is asked. */
  static final class FailTaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object task,
        @Advice.FieldValue("status") int status,
        @Advice.Argument(0) Throwable thrown) {
      if (status >= 0
          && !(task instanceof CountedCompleter
              && ((CountedCompleter<?>) task).getCompleter() != null)) {
        SondeBridge.failureKept(SondeBridge.failureBegun(thrown), task);
      }
    }
  }

  /**
   * Two leaves may fail at once: the task keeps one's exception, and whoever asks hears of that.
   */
  static final class ThrownTaskAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object task, @Advice.Return Throwable thrown) {
      if (thrown != null) {
        SondeBridge.failureSeen(task);
        SondeBridge.failureSeen(thrown);
      }
    }
  }

  static final class ThrownAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return Throwable thrown) {
      if (thrown != null) {
        SondeBridge.failureSeen(thrown);
      }
    }
  }

  /** Libraries' own kinds of stages, the JDK's HTTP client's too, drop some when they clean up. */
  static final class FailStageAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object stage, @Advice.Argument(0) Throwable thrown) {
      return stage.getClass() == CompletableFuture.class ? SondeBridge.failureBegun(thrown) : null;
    }

    /** All stages that come of this one share its result. */
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object failure,
        @Advice.Return boolean set,
        @Advice.FieldValue("result") Object result) {
      if (failure != null) {
        SondeBridge.failureKept(failure, set ? result : null);
      }
    }
  }

  /** A result that is of the class of {@code NIL}, and is another, has failed. */
  static final class ResultAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object result, @Advice.FieldValue("NIL") Object nil) {
      if (result != null && result != nil && result.getClass() == nil.getClass()) {
        SondeBridge.failureSeen(result);
      }
    }
  }

  /** A timeout's is the JDK's own, which looks at no exception. */
  static final class HandlerAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) Object result,
        @Advice.Argument(1) Object handler,
        @Advice.FieldValue("NIL") Object nil) {
      if (result != null
          && result != nil
          && result.getClass() == nil.getClass()
          && !handler
              .getClass()
              .getName()
              .equals("java.util.concurrent.CompletableFuture$Canceller")) {
        SondeBridge.failureSeen(result);
      }
    }
  }

  /** Java 8 hands over the stage, whose result is out of reach. */
  static final class OldHandlerAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) CompletableFuture<?> source) {
      if (source != null && source.isCompletedExceptionally()) {
        try {
          source.getNow(null);
        } catch (Throwable seen) {
          SondeBridge.failureSeen(seen);
        }
      }
    }
  }

  static final class ComposeAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This CompletableFuture<?> source) {
      if (source.isCompletedExceptionally()) {
        try {
          source.toCompletableFuture().getNow(null);
        } catch (Throwable seen) {
          SondeBridge.failureSeen(seen);
        }
      }
    }
  }

  static final class ComposedAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("src") CompletableFuture<?> source) {
      if (source != null && source.isCompletedExceptionally()) {
        try {
          source.toCompletableFuture().getNow(null);
        } catch (Throwable seen) {
          SondeBridge.failureSeen(seen);
        }
      }
    }
  }
}
