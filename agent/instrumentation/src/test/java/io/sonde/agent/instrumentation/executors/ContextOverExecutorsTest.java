// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every task looks at what its thread serves. */
class ContextOverExecutorsTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new ExecutorsInstrumentation(), new ForkJoinInstrumentation());

  private static final Callable<Object> CURRENT = SondeBridge::current;

  private final List<ExecutorService> pools = new ArrayList<>();

  private <T extends ExecutorService> T pool(T pool) {
    pools.add(pool);
    return pool;
  }

  private static ThreadPoolExecutor single(BlockingQueue<Runnable> queue) {
    return new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, queue);
  }

  @AfterEach
  void shutDownAndLookForWhatIsLeft() {
    pools.forEach(ExecutorService::shutdownNow);
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  /** What the task saw, of the exchange that handed it over: those two are compared. */
  private interface Handover {
    Object run() throws Exception;
  }

  private static void assertCarried(Handover handover) throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>();
    Exchange exchange = sonde.serving(() -> seen.set(handover.run()));
    sonde.nextExchange();
    assertThat(seen.get()).isSameAs(exchange);
  }

  @Test
  void carriesContextIntoAPool() throws Exception {
    ExecutorService pool = pool(Executors.newFixedThreadPool(1));

    assertCarried(() -> pool.submit(CURRENT).get());
    assertCarried(() -> pool.submit(CURRENT).get());
    assertThat(pool.submit(CURRENT).get()).isNull();
  }

  @Test
  void carriesContextIntoACachedPool() throws Exception {
    ExecutorService pool = pool(Executors.newCachedThreadPool());

    assertCarried(() -> pool.submit(CURRENT).get());
    assertCarried(() -> pool.invokeAll(List.of(CURRENT, CURRENT)).get(1).get());
    assertCarried(() -> pool.invokeAny(List.of(CURRENT)));
  }

  @Test
  void carriesContextThroughTwoPools() throws Exception {
    ExecutorService outer = pool(Executors.newSingleThreadExecutor());
    ExecutorService inner = pool(Executors.newSingleThreadExecutor());

    assertCarried(() -> outer.submit(() -> inner.submit(CURRENT).get()).get());
  }

  @Test
  void keepsEachParentOfOneTaskThatIsHandedOverOften() throws Exception {
    ThreadPoolExecutor pool = pool(single(new LinkedBlockingQueue<>()));
    CountDownLatch gate = new CountDownLatch(1);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    List<Object> parents = new ArrayList<>();
    Runnable task = () -> seen.add(SondeBridge.current());
    pool.execute(() -> await(gate));

    for (int i = 0; i < 5; i++) {
      parents.add(sonde.serving(() -> pool.execute(task)));
      sonde.nextExchange();
    }
    gate.countDown();
    pool.submit(() -> {}).get();

    assertThat(seen).containsExactlyElementsOf(parents);
  }

  @Test
  void leavesNothingOnAWorker() throws Exception {
    ThreadPoolExecutor pool = pool(single(new LinkedBlockingQueue<>()));

    sonde.serving(() -> pool.submit(() -> {}).get());
    sonde.nextExchange();

    assertThat(pool.submit(CURRENT).get()).isNull();
  }

  @Test
  void showsTheApplicationItsOwnTasks() throws Exception {
    List<Runnable> after = Collections.synchronizedList(new ArrayList<>());
    List<Object> contextAfter = Collections.synchronizedList(new ArrayList<>());
    BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    ThreadPoolExecutor pool =
        pool(
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, queue) {
              @Override
              protected void afterExecute(Runnable task, Throwable thrown) {
                after.add(task);
                contextAfter.add(SondeBridge.current());
              }
            });
    CountDownLatch gate = new CountDownLatch(1);
    Runnable blocker = () -> await(gate);
    Runnable removed = () -> {};
    Runnable kept = () -> {};
    pool.execute(blocker);

    Exchange exchange =
        sonde.serving(
            () -> {
              pool.execute(removed);
              pool.execute(kept);
            });
    sonde.nextExchange();
    assertThat(queue).containsExactly(removed, kept);
    assertThat(pool.remove(removed)).isTrue();
    assertThat(sonde.recorder().pendingContexts()).isEqualTo(1);
    gate.countDown();
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(after).containsExactly(blocker, kept);
    assertThat(contextAfter).containsExactly(null, exchange);
  }

  @Test
  void forgetsWhatIsRejected() throws Exception {
    ExecutorService pool = pool(Executors.newFixedThreadPool(1));
    pool.shutdown();

    sonde.serving(
        () ->
            assertThatThrownBy(() -> pool.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class));
    sonde.nextExchange();

    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  @Test
  void forgetsTheRightOneWhenATaskIsRejectedThatIsAlsoQueued() throws Exception {
    ThreadPoolExecutor pool = pool(single(new LinkedBlockingQueue<>(1)));
    CountDownLatch gate = new CountDownLatch(1);
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    Runnable task = () -> seen.add(SondeBridge.current());
    pool.execute(() -> await(gate));

    Exchange queued = sonde.serving(() -> pool.execute(task));
    sonde.serving(
        () ->
            assertThatThrownBy(() -> pool.execute(task))
                .isInstanceOf(RejectedExecutionException.class));
    gate.countDown();
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

    assertThat(seen).containsExactly(queued);
    sonde.nextExchange();
    sonde.nextExchange();
  }

  @Test
  void runsARejectedTaskOnItsCallerInItsContext() throws Exception {
    ThreadPoolExecutor pool = pool(single(new LinkedBlockingQueue<>(1)));
    pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
    CountDownLatch gate = new CountDownLatch(1);
    pool.execute(() -> await(gate));
    pool.execute(() -> {});

    assertCarried(() -> pool.submit(CURRENT).get());
    gate.countDown();
  }

  @Test
  void carriesContextIntoADelayedTask() throws Exception {
    ScheduledExecutorService pool = pool(Executors.newScheduledThreadPool(1));

    assertCarried(() -> pool.schedule(CURRENT, 1, TimeUnit.MILLISECONDS).get());
    assertCarried(() -> pool.submit(CURRENT).get());
  }

  @Test
  void keepsContextOutOfPeriodicTasks() throws Exception {
    ScheduledExecutorService pool = pool(Executors.newScheduledThreadPool(1));
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    AtomicReference<ScheduledFuture<?>> ticks = new AtomicReference<>();

    sonde.serving(
        () ->
            ticks.set(
                pool.scheduleAtFixedRate(
                    () -> seen.add(String.valueOf(SondeBridge.current())),
                    0,
                    1,
                    TimeUnit.MILLISECONDS)));
    sonde.nextExchange();

    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
    ticks.get().cancel(false);
  }

  @Test
  void carriesContextIntoAForkJoinPool() throws Exception {
    ForkJoinPool pool = pool(new ForkJoinPool(2));

    assertCarried(() -> pool.submit(CURRENT).get());
    assertCarried(() -> pool.invoke(ForkJoinTask.adapt(CURRENT)));
    assertCarried(() -> pool.invokeAll(List.of(CURRENT, CURRENT)).get(1).get());
    assertCarried(
        () -> {
          CompletableFuture<Object> seen = new CompletableFuture<>();
          pool.execute(() -> seen.complete(SondeBridge.current()));
          return seen.get();
        });
    assertThat(pool.submit(CURRENT).get()).isNull();
  }

  /** Counts in how many of its leaves the expected exchange is served. */
  private static final class Tree extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1;
    private final int depth;
    private final transient Object expected;
    private final boolean together;

    Tree(int depth, Object expected, boolean together) {
      this.depth = depth;
      this.expected = expected;
      this.together = together;
    }

    @Override
    protected Integer compute() {
      if (depth == 0) {
        return SondeBridge.current() == expected ? 1 : 0;
      }
      Tree left = new Tree(depth - 1, expected, together);
      Tree right = new Tree(depth - 1, expected, together);
      if (together) {
        invokeAll(left, right);
        return left.join() + right.join();
      }
      left.fork();
      return right.invoke() + left.join();
    }
  }

  @Test
  void carriesContextIntoForkedTasksAndTheirForks() throws Exception {
    ForkJoinPool pool = pool(new ForkJoinPool(3));
    for (boolean together : new boolean[] {true, false}) {
      List<Integer> counts = new ArrayList<>();

      sonde.serving(
          () -> {
            counts.add(pool.invoke(new Tree(6, SondeBridge.current(), together)));
            counts.add(new Tree(6, SondeBridge.current(), together).invoke());
          });
      sonde.nextExchange();

      assertThat(counts).containsExactly(64, 64);
    }
  }

  @Test
  void keepsTwoRequestsApartInOneForkJoinPool() throws Exception {
    ForkJoinPool pool = pool(new ForkJoinPool(2));
    List<Integer> counts = new ArrayList<>();
    List<ForkJoinTask<Integer>> trees = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      sonde.serving(
          () -> trees.add(pool.submit(new Tree(6, SondeBridge.current(), trees.size() % 2 == 0))));
      sonde.nextExchange();
      trees.add(pool.submit(new Tree(6, null, true)));
    }
    for (ForkJoinTask<Integer> tree : trees) {
      counts.add(tree.get());
    }

    assertThat(counts).containsOnly(64);
  }

  @Test
  void carriesContextIntoAParallelStream() throws Exception {
    List<Long> counts = new ArrayList<>();

    sonde.serving(
        () -> {
          Object expected = SondeBridge.current();
          counts.add(
              IntStream.range(0, 10_000)
                  .parallel()
                  .filter(i -> SondeBridge.current() == expected)
                  .count());
        });
    sonde.nextExchange();

    assertThat(counts).containsExactly(10_000L);
    assertThat(SondeBridge.current()).isNull();
  }

  @Test
  void carriesContextIntoACompletableFuture() throws Exception {
    ExecutorService pool = pool(Executors.newFixedThreadPool(1));

    assertCarried(() -> CompletableFuture.supplyAsync(SondeBridge::current).get());
    assertCarried(() -> CompletableFuture.supplyAsync(SondeBridge::current, pool).get());
    assertCarried(
        () ->
            CompletableFuture.supplyAsync(() -> 1)
                .thenApplyAsync(one -> SondeBridge.current())
                .get());
    assertCarried(
        () ->
            CompletableFuture.runAsync(() -> {}, pool)
                .thenApplyAsync(none -> SondeBridge.current(), pool)
                .get());
  }

  /** The executor that stands in for the common pool where that has one thread. */
  @Test
  @EnabledForJreRange(max = JRE.JAVA_24)
  void carriesContextIntoTheThreadThatAFutureMakesOnASmallMachine() throws Exception {
    assertThat(ForkJoinPool.getCommonPoolParallelism())
        .as("what the surefire settings ask for")
        .isEqualTo(1);
    List<Thread> threads = new ArrayList<>();

    assertCarried(
        () ->
            CompletableFuture.supplyAsync(
                    () -> {
                      threads.add(Thread.currentThread());
                      return SondeBridge.current();
                    })
                .get());

    assertThat(threads.get(0)).isNotInstanceOf(ForkJoinWorkerThread.class);
  }

  @Test
  void notesNothingWhereNothingIsServed() throws Exception {
    ExecutorService pool = pool(Executors.newFixedThreadPool(1));

    List<Future<Object>> seen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      seen.add(pool.submit(CURRENT));
    }
    assertThat(sonde.recorder().pendingContexts()).isZero();

    for (Future<Object> one : seen) {
      assertThat(one.get()).isNull();
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
