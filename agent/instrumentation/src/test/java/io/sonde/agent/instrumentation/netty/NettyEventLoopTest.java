// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a request hands to an event loop is run in the request's context, now or later. */
class NettyEventLoopTest {

  /** Long enough for a loop's thread to start in between. */
  private static final int DELAY_MILLIS = 100;

  private static final EventExecutor IN_PROCESS = new DefaultEventLoop();
  private static final EventExecutor WITH_IO = new NioEventLoopGroup(1).next();

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new NettyEventLoopInstrumentation());

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  static EventExecutor[] loops() {
    return new EventExecutor[] {IN_PROCESS, WITH_IO};
  }

  @AfterAll
  static void stop() {
    IN_PROCESS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    WITH_IO.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void look() {
    seen.add(String.valueOf(SondeBridge.current()));
  }

  private String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  private Exchange serving(SondeExtension.ThrowingRunnable action) throws Exception {
    Exchange exchange = sonde.serving(action);
    sonde.nextExchange();
    return exchange;
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTaskForNow(EventExecutor loop) throws Exception {
    Exchange exchange = serving(() -> loop.execute(this::look));
    loop.execute(this::look);

    assertThat(next()).isEqualTo(exchange.toString());
    assertThat(next()).as("of nobody").isEqualTo("null");
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTaskForLater(EventExecutor loop) throws Exception {
    Exchange exchange =
        serving(() -> loop.schedule(this::look, DELAY_MILLIS, TimeUnit.MILLISECONDS));

    assertThat(next()).isEqualTo(exchange.toString());
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTaskForLaterFromTheLoopItself(EventExecutor loop) throws Exception {
    Exchange exchange =
        serving(
            () ->
                loop.submit(() -> loop.schedule(this::look, DELAY_MILLIS, TimeUnit.MILLISECONDS))
                    .sync());

    assertThat(next()).isEqualTo(exchange.toString());
    assertThat(sonde.recorder().pendingContexts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTaskThatRepeatsInheritsNothing(EventExecutor loop) throws Exception {
    ScheduledFuture<?>[] repeating = new ScheduledFuture<?>[2];
    serving(
        () -> {
          repeating[0] = loop.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.MILLISECONDS);
          repeating[1] =
              loop.scheduleWithFixedDelay(this::look, DELAY_MILLIS, 1, TimeUnit.MILLISECONDS);
        });
    Thread.sleep(2 * DELAY_MILLIS);
    repeating[0].cancel(false);
    repeating[1].cancel(false);

    assertThat(seen).hasSizeGreaterThan(2).containsOnly("null");
  }

  @ParameterizedTest
  @MethodSource("loops")
  void aTimeoutThatIsCancelledIsForgotten(EventExecutor loop) throws Exception {
    serving(
        () -> {
          ScheduledFuture<?> timeout = loop.schedule(this::look, 1, TimeUnit.HOURS);
          loop.submit(() -> {}).sync(); // the timeout is in the loop's hands
          assertThat(sonde.recorder().pendingContexts()).isOne();
          timeout.cancel(false);
        });

    SondeExtension.await("it is forgotten", () -> sonde.recorder().pendingContexts() == 0);
  }
}
