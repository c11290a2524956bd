// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What handing a task to an executor and running it costs more, with a context and without. */
@State(Scope.Thread)
public class ContextBenchmark {

  private final Runnable task = () -> {};
  private RunningRecorder recorder;
  private Object exchange;

  @Setup
  public void start() {
    recorder = new RunningRecorder(true);
    exchange = SondeBridge.serverStarted("tomcat");
    SondeBridge.serverRequest(exchange, "GET", "/users/7", null, "127.0.0.1");
  }

  @TearDown
  public void close() {
    SondeBridge.finished(exchange, 200, null);
    recorder.close();
  }

  @Benchmark
  public Object taskOfRequest() {
    Object request = SondeBridge.enter(exchange);
    SondeBridge.taskSubmitted(task);
    SondeBridge.leave(request);
    return run();
  }

  @Benchmark
  public Object taskOfNobody() {
    SondeBridge.taskSubmitted(task);
    return run();
  }

  private Object run() {
    Object scope = SondeBridge.taskStarted(task);
    SondeBridge.leave(scope);
    return scope;
  }
}
