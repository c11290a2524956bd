// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes a call on a thread of each kind, and tells what arrived: {@code way answer}, a line each.
 */
final class ContextCalls {

  private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
  private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(1);

  private ContextCalls() {}

  static String all(Callable<String> call) throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("own", call.call());
    answers.put("submit", POOL.submit(call).get());
    answers.put("execute", executed(call));
    answers.put("invokeAll", POOL.invokeAll(Collections.singletonList(call)).get(0).get());
    answers.put("schedule", TIMER.schedule(call, 10, TimeUnit.MILLISECONDS).get());
    answers.put("forkJoin", new ForkJoinPool(1).submit(call).get());
    answers.put("supplyAsync", CompletableFuture.supplyAsync(() -> unchecked(call)).get());
    answers.put(
        "thenApplyAsync",
        CompletableFuture.supplyAsync(() -> "x").thenApplyAsync(x -> unchecked(call), POOL).get());
    answers.put(
        "parallelStream",
        Arrays.asList(1, 2, 3, 4).parallelStream()
            .map(i -> unchecked(call))
            .distinct()
            .reduce((a, b) -> a + "+" + b)
            .get());
    answers.put("timer", timed(call));
    answers.put("periodic", periodic(call));
    String virtual = virtual(call);
    if (virtual != null) {
      answers.put("virtual", virtual);
    }
    String structured = structured(call);
    if (structured != null) {
      answers.put("structured", structured);
    }
    StringBuilder lines = new StringBuilder();
    answers.forEach((way, answer) -> lines.append(way).append(' ').append(answer).append('\n'));
    return lines.toString();
  }

  private static String executed(Callable<String> call) throws Exception {
    FutureTask<String> result = new FutureTask<>(call);
    POOL.execute(() -> result.run());
    return result.get();
  }

  private static String timed(Callable<String> call) throws Exception {
    FutureTask<String> result = new FutureTask<>(call);
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            result.run();
          }
        },
        10);
    try {
      return result.get();
    } finally {
      timer.cancel();
    }
  }

  /** Of the second run: periodic work belongs to no request. */
  private static String periodic(Callable<String> call) throws Exception {
    CompletableFuture<String> second = new CompletableFuture<>();
    int[] runs = new int[1];
    ScheduledFuture<?> task =
        TIMER.scheduleAtFixedRate(
            () -> {
              if (++runs[0] == 2) {
                second.complete(unchecked(call));
              }
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
    try {
      return second.get();
    } finally {
      task.cancel(false);
    }
  }

  /** By reflection: this is compiled for 8. Null where there are none. */
  private static String virtual(Callable<String> call) throws Exception {
    FutureTask<String> result = new FutureTask<>(call);
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, result);
    } catch (NoSuchMethodException e) {
      return null;
    }
    return result.get();
  }

  /**
   * By reflection, which needs no flag for a preview, as it is in 21 to 25. Null where it is not.
   */
  private static String structured(Callable<String> call) throws Exception {
    Class<?> type;
    try {
      type = Class.forName("java.util.concurrent.StructuredTaskScope");
    } catch (ClassNotFoundException e) {
      return null;
    }
    try (AutoCloseable scope = open(type)) {
      Object subtask = type.getMethod("fork", Callable.class).invoke(scope, call);
      type.getMethod("join").invoke(scope);
      return (String) Class.forName(type.getName() + "$Subtask").getMethod("get").invoke(subtask);
    }
  }

  private static AutoCloseable open(Class<?> type) throws ReflectiveOperationException {
    Object scope =
        type.isInterface()
            ? type.getMethod("open").invoke(null)
            : type.getConstructor().newInstance();
    return (AutoCloseable) scope;
  }

  private static String unchecked(Callable<String> call) {
    try {
      return call.call();
    } catch (Exception e) {
      return e.toString();
    }
  }
}
