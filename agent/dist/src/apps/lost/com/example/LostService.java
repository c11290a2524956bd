// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Loses exceptions, of the kind that is asked for: {@code GET /KIND}. The message of each is its
 * kind, but for those that the JVM throws. Says {@code listening on PORT}.
 */
public final class LostService {

  private static final ScheduledExecutorService EXECUTOR = Executors.newScheduledThreadPool(2);
  private static long[] tooLarge;

  private LostService() {}

  public static void main(String[] args) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.createContext("/", LostService::lose);
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void lose(HttpExchange exchange) throws IOException {
    lose(exchange.getRequestURI().getPath().substring(1));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void lose(String kind) {
    switch (kind) {
      case "handler":
        fail(kind);
        break;
      case "uncaught":
        new Thread(() -> fail(kind)).start();
        break;
      case "virtual":
        startVirtual(() -> fail(kind));
        break;
      case "submitted":
        EXECUTOR.submit(() -> fail(kind));
        break;
      case "delayed":
        EXECUTOR.schedule(() -> fail(kind), 1, TimeUnit.MILLISECONDS);
        break;
      case "periodic":
        EXECUTOR.scheduleAtFixedRate(() -> fail(kind), 1, 1, TimeUnit.MILLISECONDS);
        break;
      case "timer":
        new Timer(true).schedule(timerTask(kind), 1);
        break;
      case "forked":
        ForkJoinPool.commonPool().submit(() -> fail(kind));
        break;
      case "forgotten":
        ForkJoinPool.commonPool().execute(() -> fail(kind));
        break;
      case "stage":
        CompletableFuture.runAsync(() -> fail(kind));
        break;
      case "logged":
        Logger.getLogger("shop").log(Level.WARNING, "mind", new IllegalStateException(kind));
        break;
      case "deep":
        new Thread(() -> deeper(1)).start();
        break;
      case "large":
        new Thread(() -> tooLarge = new long[Integer.MAX_VALUE]).start();
        break;
      case "read":
        read(kind);
        break;
      default:
        System.gc();
    }
  }

  /** Nothing of this is lost. */
  private static void read(String kind) {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    ask(() -> EXECUTOR.submit(() -> fail(kind)).get());
    ask(() -> EXECUTOR.schedule(() -> fail(kind), 1, TimeUnit.MILLISECONDS).get());
    ask(() -> pool.submit(() -> fail(kind)).get());
    ask(() -> pool.submit(() -> fail(kind)).join());
    ask(() -> pool.invoke(ForkJoinTask.adapt(() -> fail(kind))));
    ask(
        () -> {
          IntStream.range(0, 1_000).parallel().forEach(i -> fail(kind));
          return null;
        });
    ask(() -> failing(kind).get());
    ask(() -> failing(kind).get(9, TimeUnit.SECONDS));
    ask(() -> failing(kind).thenRun(() -> {}).join());
    ask(() -> failing(kind).handle((result, failure) -> 1).join());
    ask(() -> failing(kind).handleAsync((result, failure) -> 1).join());
    ask(() -> failing(kind).thenRun(() -> {}).exceptionally(failure -> null).join());
    ask(() -> CompletableFuture.allOf(failing(kind)).exceptionally(failure -> null).join());
    ask(() -> CompletableFuture.anyOf(failing(kind)).join());
    CompletableFuture<Void> late = failing(kind);
    while (!late.isDone()) {
      Thread.yield();
    }
    late.whenComplete((result, failure) -> {});
  }

  private static CompletableFuture<Void> failing(String kind) {
    return CompletableFuture.runAsync(() -> fail(kind));
  }

  private static void ask(Callable<?> question) {
    try {
      question.call();
    } catch (Throwable expected) {
      // It was asked for.
    }
  }

  private static void fail(String kind) {
    throw new IllegalStateException(kind);
  }

  private static TimerTask timerTask(String kind) {
    return new TimerTask() {
      @Override
      public void run() {
        fail(kind);
      }
    };
  }

  private static int deeper(int depth) {
    return deeper(depth + 1) + depth;
  }

  /** Java 21's, by name: this is Java 8. */
  private static void startVirtual(Runnable task) {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException(e);
    }
  }
}
