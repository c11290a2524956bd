// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.uncaught.UncaughtInstrumentation;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FuturesInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new FuturesInstrumentation(), new UncaughtInstrumentation());

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
  private final ForkJoinPool pool = new ForkJoinPool(2);

  @AfterEach
  void stop() throws Exception {
    executor.shutdown();
    pool.shutdown();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** What was lost before this is found before this. */
  private void assertNothingLost() throws Exception {
    stop();
    System.gc();
    CompletableFuture.runAsync(() -> failing("marker"));

    assertThat(lost().thrown()).hasMessageContaining("marker");
  }

  private static void failing(String what) {
    throw new IllegalArgumentException(what);
  }

  /** Makes garbage of futures until there is one, and keeps the pipeline from sleeping. */
  private static ErrorRecord lost() throws InterruptedException {
    CountDownLatch found = new CountDownLatch(1);
    Thread collecting =
        new Thread(
            () -> {
              while (found.getCount() > 0) {
                System.gc();
                SondeBridge.logged(1, 0, "test", "awake", "collecting", null, null);
                LockSupport.parkNanos(100_000_000);
              }
            });
    collecting.start();
    try {
      return sonde.nextError();
    } finally {
      found.countDown();
      collecting.join();
    }
  }

  private static void assertLost(String message) throws InterruptedException {
    ErrorRecord error = lost();
    assertThat(error.seenAt()).isEqualTo("future");
    assertThat(error.thrown()).hasMessageContaining(message);
  }

  private static ExecutionException failureOf(Future<?> future) throws Exception {
    try {
      future.get(10, TimeUnit.SECONDS);
      throw new AssertionError("has not failed");
    } catch (ExecutionException e) {
      return e;
    }
  }

  @Test
  void findsWhatNobodyAskedATaskFor() throws Exception {
    executor.submit(() -> failing("submitted"));

    ErrorRecord error = lost();
    assertThat(error.seenAt()).isEqualTo("future");
    assertThat(error.thrown()).isInstanceOf(IllegalArgumentException.class).hasMessage("submitted");
    assertThat(error.threadName()).startsWith("pool-");
  }

  @Test
  void knowsTheRequestOfALostFailure() throws Exception {
    Exchange exchange = sonde.serving(() -> new FutureTask<>(() -> failing("served"), null).run());
    sonde.nextExchange();

    assertThat(lost().exchange()).isSameAs(exchange);
  }

  @Test
  void isSilentOnWhatIsReadOrCancelled() throws Exception {
    assertThat(failureOf(executor.submit(() -> failing("read")))).hasMessageContaining("read");
    assertThat(failureOf(executor.schedule(() -> failing("late"), 1, TimeUnit.MILLISECONDS)))
        .hasMessageContaining("late");
    CountDownLatch running = new CountDownLatch(1);
    Future<?> cancelled =
        executor.submit(
            () -> {
              running.countDown();
              Thread.sleep(60_000);
              return null;
            });
    running.await();
    cancelled.cancel(true);
    assertNothingLost();
  }

  @Test
  void tellsAtOnceOfAPeriodThatEnds() throws Exception {
    Future<?> periodic =
        executor.scheduleAtFixedRate(() -> failing("tick"), 0, 1, TimeUnit.MILLISECONDS);

    ErrorRecord error = sonde.nextError();
    assertThat(error.seenAt()).isEqualTo("scheduled");
    assertThat(error.thrown()).hasMessage("tick");
    assertThat(periodic.isDone()).isTrue();
  }

  @Test
  void isSilentOnAPeriodThatIsCancelled() throws Exception {
    CountDownLatch ran = new CountDownLatch(3);
    Future<?> periodic =
        executor.scheduleWithFixedDelay(ran::countDown, 0, 1, TimeUnit.MILLISECONDS);
    ran.await();

    periodic.cancel(false);
    assertNothingLost();
  }

  @Test
  void seesATimerThatDiesAsUncaught() throws Exception {
    new Timer("doomed")
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                failing("timer");
              }
            },
            1);

    ErrorRecord error = sonde.nextError();
    assertThat(error.seenAt()).isEqualTo("uncaught");
    assertThat(error.threadName()).isEqualTo("doomed");
  }

  @Test
  void findsForkJoinTasksThatNobodyJoins() throws Exception {
    pool.submit(() -> failing("submitted"));
    assertLost("submitted");

    pool.execute(ForkJoinTask.adapt(() -> failing("executed")));
    assertLost("executed");
  }

  @Test
  void isSilentOnForkJoinTasksThatAreJoined() throws Exception {
    assertThat(failureOf(pool.submit(() -> failing("got")))).hasMessageContaining("got");
    ForkJoinTask<?> quiet = pool.submit(() -> failing("quiet"));
    quiet.quietlyJoin();
    assertThat(quiet.getException()).isNotNull();
    assertThatThrownBy(() -> pool.invoke(new Forking(3))).hasMessageContaining("leaf");
    assertThatThrownBy(() -> IntStream.range(0, 1_000).parallel().forEach(Forking::failAt500))
        .hasMessageContaining("stream");
    assertNothingLost();
  }

  /** Fails in one leaf of eight. */
  private static final class Forking extends RecursiveAction {
    private static final long serialVersionUID = 1;
    private final int depth;

    Forking(int depth) {
      this.depth = depth;
    }

    static void failAt500(int i) {
      if (i == 500) {
        failing("stream");
      }
    }

    @Override
    protected void compute() {
      if (depth == 0) {
        failing("leaf");
      }
      new Forking(depth - 1).fork().join();
    }
  }

  @Test
  void findsStagesWithoutAHandler() throws Exception {
    CompletableFuture.runAsync(() -> failing("run"), executor);
    assertLost("run");

    CompletableFuture.supplyAsync(() -> Integer.parseInt("seven"), executor)
        .thenApply(i -> i + 1)
        .thenAccept(i -> {});
    assertLost("seven");

    CompletableFuture.supplyAsync(() -> 7, executor)
        .thenAcceptAsync(i -> failing("then"), executor);
    assertLost("then");

    CompletableFuture.runAsync(() -> failing("timely"), executor).orTimeout(1, TimeUnit.MINUTES);
    assertLost("timely");
  }

  @Test
  void isSilentOnStagesThatAreHandled() throws Exception {
    List<CompletableFuture<?>> ends =
        List.of(
            failed().handle((r, x) -> 1),
            failed().handleAsync((r, x) -> 1, executor),
            failed().exceptionally(x -> null),
            failed().thenRun(() -> {}).thenRun(() -> {}).exceptionally(x -> null),
            failed().exceptionallyCompose(x -> CompletableFuture.completedFuture(null)),
            failed().thenCompose(x -> failed()).handle((r, x) -> 1),
            CompletableFuture.allOf(failed(), CompletableFuture.completedFuture(1))
                .handle((r, x) -> 1),
            CompletableFuture.anyOf(failed()).handle((r, x) -> 1));
    for (CompletableFuture<?> end : ends) {
      end.get(10, TimeUnit.SECONDS);
    }
    CompletableFuture<Void> watched = failed().whenComplete((r, x) -> {});
    SondeExtension.await("done", watched::isDone);
    assertThat(failureOf(failed())).isNotNull();
    assertThatThrownBy(() -> failed().join()).isNotNull();
    CompletableFuture<Void> late = failed();
    SondeExtension.await("done", late::isDone);
    late.exceptionallyCompose(x -> CompletableFuture.completedFuture(null)).join();
    CompletableFuture<Void> later = failed();
    SondeExtension.await("done", later::isDone);
    later.exceptionally(x -> null);
    assertNothingLost();
  }

  private CompletableFuture<Void> failed() {
    return CompletableFuture.runAsync(() -> failing("handled"), executor);
  }

  @Test
  void isSilentOnACallThatFails() throws Exception {
    HttpRequest nowhere = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();

    for (int i = 0; i < 3; i++) {
      HttpClient client = HttpClient.newHttpClient();
      assertThatThrownBy(() -> client.send(nowhere, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      failureOf(client.sendAsync(nowhere, HttpResponse.BodyHandlers.ofString()));
    }
    assertNothingLost();
  }
}
