// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What an event costs the thread that logs it, inside a request, as the advice of Log4j 2 tells it,
 * with three levels of loggers by prefix or none; and one whose level is not wanted. The message is
 * formatted already. Of an argument: whether it is one that has a name, for one that has none, as
 * nearly all.
 */
@State(Scope.Thread)
public class LogBenchmark {

  private static final String LOGGER = "com.acme.orders.OrderService";

  @Param({"false", "true"})
  private boolean prefixes;

  private final Object event = new Object();
  private final Object[] arguments = {LOGGER};
  private RunningRecorder recorder;
  private Object exchange;

  @Setup
  public void start() {
    recorder = new RunningRecorder(true);
    recorder.logLevels(
        prefixes
            ? LogLevels.from(3, Map.of("org.example", 4, "com.acme", 3, "com.noisy", 5))
            : LogLevels.from(3));
    exchange = SondeBridge.serverStarted("tomcat");
    SondeBridge.serverRequest(exchange, "GET", "/users/7", null, "127.0.0.1");
    SondeBridge.enter(exchange);
  }

  @Setup(Level.Invocation)
  public void awaitEmptyQueue() {
    recorder.awaitEmptyQueue();
  }

  @TearDown
  public void close() {
    SondeBridge.leave(null);
    SondeBridge.finished(exchange, 200, null);
    recorder.close();
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void wanted() {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      log(4);
    }
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void notWanted() {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      log(2);
    }
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void argument(Blackhole labels) {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      labels.consume(SondeBridge.logArguments(null, arguments));
    }
  }

  private void log(int level) {
    if (SondeBridge.logWanted(level, LOGGER)) {
      Object before = SondeBridge.logEntered(event);
      SondeBridge.logged(level, 1_700_000_000_000L, LOGGER, "order 7", "http-1", null, null);
      SondeBridge.logLeft(before);
    }
  }
}
