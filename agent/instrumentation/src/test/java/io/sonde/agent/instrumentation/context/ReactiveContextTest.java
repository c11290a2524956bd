// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** RxJava 3 and Reactor 3 need no hooks of their own: their schedulers are the JDK's pools. */
class ReactiveContextTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new ExecutorsInstrumentation(), new ForkJoinInstrumentation());

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void lookForWhatIsLeft() {
    SondeExtension.await("notes", () -> sonde.recorder().pendingContexts() == 0);
  }

  private static String look(Object ignored) {
    return String.valueOf(SondeBridge.current());
  }

  private String next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  static Stream<Scheduler> rxSchedulers() {
    return Stream.of(
        io.reactivex.rxjava3.schedulers.Schedulers.io(),
        io.reactivex.rxjava3.schedulers.Schedulers.computation(),
        io.reactivex.rxjava3.schedulers.Schedulers.single());
  }

  @ParameterizedTest
  @MethodSource("rxSchedulers")
  void rxJavaCarriesContext(Scheduler scheduler) throws Exception {
    Exchange exchange =
        sonde.serving(
            () -> {
              seen.add(Single.fromCallable(() -> look(null)).subscribeOn(scheduler).blockingGet());
              seen.add(
                  Flowable.just(1, 2).observeOn(scheduler).map(each -> look(each)).blockingLast());
              seen.add(
                  Single.timer(5, TimeUnit.MILLISECONDS, scheduler)
                      .map(each -> look(each))
                      .blockingGet());
            });
    sonde.nextExchange();

    assertThat(List.of(next(), next(), next())).containsOnly(exchange.toString());
    assertThat(Single.fromCallable(() -> look(null)).subscribeOn(scheduler).blockingGet())
        .isEqualTo("null");
  }

  @Test
  void rxJavasIntervalsServeNobody() throws Exception {
    io.reactivex.rxjava3.disposables.Disposable[] ticks =
        new io.reactivex.rxjava3.disposables.Disposable[1];
    sonde.serving(
        () ->
            ticks[0] =
                Observable.interval(1, TimeUnit.MILLISECONDS)
                    .subscribe(tick -> seen.add(look(tick))));
    sonde.nextExchange();

    assertThat(List.of(next(), next(), next())).containsOnly("null");
    ticks[0].dispose();
  }

  static Stream<reactor.core.scheduler.Scheduler> reactorSchedulers() {
    return Stream.of(Schedulers.parallel(), Schedulers.boundedElastic(), Schedulers.single());
  }

  @ParameterizedTest
  @MethodSource("reactorSchedulers")
  void reactorCarriesContext(reactor.core.scheduler.Scheduler scheduler) throws Exception {
    Exchange exchange =
        sonde.serving(
            () -> {
              seen.add(Mono.fromCallable(() -> look(null)).subscribeOn(scheduler).block());
              Mono<List<String>> published =
                  Flux.just(1, 2).publishOn(scheduler).map(each -> look(each)).collectList();
              seen.addAll(published.toFuture().get(10, TimeUnit.SECONDS));
              seen.add(
                  Mono.delay(java.time.Duration.ofMillis(5), scheduler)
                      .map(each -> look(each))
                      .toFuture()
                      .get(10, TimeUnit.SECONDS));
            });
    sonde.nextExchange();

    assertThat(List.of(next(), next(), next(), next())).containsOnly(exchange.toString());
    assertThat(
            Mono.fromCallable(() -> look(null))
                .subscribeOn(scheduler)
                .toFuture()
                .get(10, TimeUnit.SECONDS))
        .isEqualTo("null");
  }

  @Test
  void reactorsIntervalsServeNobody() throws Exception {
    Disposable[] ticks = new Disposable[1];
    sonde.serving(
        () ->
            ticks[0] =
                Flux.interval(java.time.Duration.ofMillis(1))
                    .subscribe(tick -> seen.add(look(tick))));
    sonde.nextExchange();

    assertThat(List.of(next(), next(), next())).containsOnly("null");
    ticks[0].dispose();
  }
}
