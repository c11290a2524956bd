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
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.ForkJoinWorkerThread;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** Hooks of fork/join pools and of {@code CompletableFuture}, which stands on them. */
public final class ForkJoinInstrumentation implements Instrumentation {

  private static final String POOL = "java.util.concurrent.ForkJoinPool";
  private static final String TASK = "java.util.concurrent.ForkJoinTask";

  /** By name: a literal would load the class from within its own loading. */
  private static final String TASKS = TASK + "[]";

  private static final String STAGES = "java.util.concurrent.CompletableFuture";

  @Override
  public String name() {
    return "fork-join";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        POOL,
        TASK,
        STAGES + "$ThreadPerTaskExecutor",
        STAGES + "$AsyncRun",
        STAGES + "$AsyncSupply",
        STAGES + "$Completion");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    boolean java8 = "1.8".equals(System.getProperty("java.specification.version"));
    switch (type) {
      case POOL:
        if (java8) {
          hooks.advise(named("externalPush").and(takesTask(0)), SubmitAdvice.class);
        } else {
          hooks
              .advise(named("externalSubmit").and(takesTask(0)), SubmitAdvice.class)
              .adviseIfPresent(named("poolSubmit").and(takesTask(1)), PoolSubmitAdvice.class);
        }
        break;
      case TASK:
        ElementMatcher.Junction<MethodDescription> invokeAll = named("invokeAll");
        hooks
            .advise(
                named("fork").and(takesArguments(0)),
                java8 ? WorkerForkAdvice.class : SelfAdvice.class)
            .advise(named("invoke").and(takesArguments(0)), SelfAdvice.class)
            .advise(named("quietlyInvoke").and(takesArguments(0)), SelfAdvice.class)
            .advise(invokeAll.and(takesArguments(2)), InvokeTwoAdvice.class)
            .advise(invokeAll.and(takesArgument(0, named(TASKS))), InvokeManyAdvice.class)
            .advise(invokeAll.and(takesArguments(Collection.class)), InvokeListAdvice.class)
            .advise(named("doExec").and(takesArguments(0)), RunAdvice.class);
        break;
      case STAGES + "$ThreadPerTaskExecutor":
        hooks.advise(named("execute"), NewThreadAdvice.class);
        break;
      default:
        hooks.advise(named("run").and(takesArguments(0)), OnNewThreadAdvice.class);
    }
  }

  private static ElementMatcher<MethodDescription> takesTask(int index) {
    return takesArgument(index, named(TASK));
  }

  /**
   * The pool that runs virtual threads has a task for each unpark, handed over by whatever thread
   * unparks; its factory is a lambda of {@code VirtualThread}.
   */
  static final class SubmitAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("factory") Object factory, @Advice.Argument(0) Object task) {
      if (!factory.getClass().getName().startsWith("java.lang.VirtualThread")) {
        SondeBridge.taskSubmitted(task);
      }
    }
  }

  static final class PoolSubmitAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("factory") Object factory, @Advice.Argument(1) Object task) {
      if (!factory.getClass().getName().startsWith("java.lang.VirtualThread")) {
        SondeBridge.taskSubmitted(task);
      }
    }
  }

  static final class SelfAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object task) {
      SondeBridge.taskSubmitted(task);
    }
  }

  /** On other threads Java 8 goes on to {@code externalPush}. */
  static final class WorkerForkAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object task) {
      if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
        SondeBridge.taskSubmitted(task);
      }
    }
  }

  /** All forms fork every task but the first, and run that at once. */
  static final class InvokeTwoAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object first) {
      SondeBridge.taskSubmitted(first);
    }
  }

  static final class InvokeManyAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object[] tasks) {
      if (tasks != null && tasks.length > 0) {
        SondeBridge.taskSubmitted(tasks[0]);
      }
    }
  }

  /** Other collections are copied to an array first. */
  static final class InvokeListAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Collection<?> tasks) {
      if (tasks instanceof RandomAccess && tasks instanceof List && !tasks.isEmpty()) {
        SondeBridge.taskSubmitted(((List<?>) tasks).get(0));
      }
    }
  }

  static final class RunAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.This Object task, @Advice.Local("scope") Object scope) {
      // A carrier runs virtual threads: their continuations only, and in the thick of mounting.
      if (Thread.currentThread().getClass().getName().equals("jdk.internal.misc.CarrierThread")) {
        return false;
      }
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

  /** A slot, not a task's note: what has none must run on as it is, in a pool as well. */
  static final class NewThreadAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      SondeBridge.attach(task, SondeBridge.current());
    }
  }

  /** No exit: the thread ends with the task. */
  static final class OnNewThreadAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object task) {
      Object exchange = SondeBridge.detached(task);
      if (exchange != null) {
        SondeBridge.enter(exchange);
      }
    }
  }
}
