// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    answers.put("periodic", periodic(call));
    String virtual = virtual(call);
    if (virtual != null) {
      answers.put("virtual", virtual);
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

  private static String unchecked(Callable<String> call) {
    try {
      return call.call();
    } catch (Exception e) {
      return e.toString();
    }
  }
}
