// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.util.HashedWheelTimer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.instrumentation.executors.TimerInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.lang.reflect.Field;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a request starts and what goes on without it: tasks that hand themselves over again, loops
 * on a pool's thread, threads that are started lazily. None of them may serve that request for
 * ever.
 */
class LeakShapesTest {

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(31);

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new ExecutorsInstrumentation(),
          new ForkJoinInstrumentation(),
          new TimerInstrumentation(),
          new NettyEventLoopInstrumentation());

  private final SynchronousQueue<String> rounds = new SynchronousQueue<>();
  private volatile boolean over;
  private AutoCloseable closing = () -> {};

  /** Begins a round that begins the next. */
  private interface Shape {
    void begin(Runnable round) throws Exception;
  }

  @AfterEach
  void end() throws Exception {
    over = true;
    rounds.poll(1, TimeUnit.SECONDS);
    closing.close();
  }

  private boolean look() {
    try {
      return rounds.offer(String.valueOf(SondeBridge.current()), 10, TimeUnit.SECONDS) && !over;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private String next() throws InterruptedException {
    return rounds.poll(10, TimeUnit.SECONDS);
  }

  private void assertForgets(Shape shape) throws Exception {
    Exchange exchange =
        sonde.serving(
            () ->
                shape.begin(
                    new Runnable() {
                      @Override
                      public void run() {
                        try {
                          if (look()) {
                            shape.begin(this);
                          }
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }
                    }));
    sonde.nextExchange();
    assertThat(next()).as("while it is just over").isEqualTo(exchange.toString());

    endedLongAgo(exchange);
    next(); // may have begun before

    assertThat(next()).isEqualTo("null");
    assertThat(next()).isEqualTo("null");
  }

  /** Nobody waits for half a minute. */
  private static void endedLongAgo(Exchange exchange) throws ReflectiveOperationException {
    Field end = Exchange.class.getDeclaredField("endNanos");
    end.setAccessible(true);
    end.setLong(exchange, System.nanoTime() - LONG_NANOS);
  }

  @Test
  void aTaskThatSchedulesItself() throws Exception {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    closing = pool::shutdownNow;

    assertForgets(round -> pool.schedule(round, 1, TimeUnit.MILLISECONDS));
  }

  @Test
  void aTaskThatSubmitsItself() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    closing = pool::shutdownNow;

    assertForgets(pool::submit);
  }

  @Test
  void aFutureThatGoesOnAndOn() throws Exception {
    assertForgets(CompletableFuture::runAsync);
  }

  @Test
  void aTimersTaskThatSchedulesAnother() throws Exception {
    Timer timer = new Timer(true);
    closing = timer::cancel;

    assertForgets(round -> timer.schedule(task(round), 1));
  }

  private static TimerTask task(Runnable round) {
    return new TimerTask() {
      @Override
      public void run() {
        round.run();
      }
    };
  }

  @Test
  void aTaskThatSchedulesItselfOnAnEventLoop() throws Exception {
    DefaultEventLoop loop = new DefaultEventLoop();
    closing = loop::shutdownGracefully;

    assertForgets(round -> loop.schedule(round, 20, TimeUnit.MILLISECONDS));
  }

  /** A queue's reader, an event loop of one's own: one task, which does not end. */
  @Test
  void aLoopOnAPoolsThread() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    closing = pool::shutdownNow;

    Exchange exchange =
        sonde.serving(
            () ->
                pool.execute(
                    () -> {
                      while (look()) {
                        Thread.onSpinWait();
                      }
                    }));
    sonde.nextExchange();
    assertThat(next()).isEqualTo(exchange.toString());

    endedLongAgo(exchange);
    next();

    assertThat(next()).isEqualTo("null");
    assertThat(next()).isEqualTo("null");
  }

  /** Its thread is started by the first timeout. */
  @Test
  void aWheelTimerThatIsStartedLazily() throws Exception {
    HashedWheelTimer wheel = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
    closing = wheel::stop;

    sonde.serving(() -> wheel.newTimeout(timeout -> look(), 5, TimeUnit.MILLISECONDS));
    sonde.nextExchange();

    assertThat(next()).isEqualTo("null");
  }

  @Test
  void aThreadThatIsStartedByHand() throws Exception {
    sonde.serving(
        () -> {
          Thread thread = new Thread(this::look);
          thread.setDaemon(true);
          thread.start();
        });
    sonde.nextExchange();

    assertThat(next()).isEqualTo("null");
  }
}
