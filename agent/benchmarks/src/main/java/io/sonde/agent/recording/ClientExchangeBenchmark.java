// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * All that one call through a client costs its thread, with b3, traceparent and the request id
 * written, while a request is served.
 */
@State(Scope.Thread)
public class ClientExchangeBenchmark {

  private RunningRecorder recorder;
  private Object parent;
  private Object scope;

  @Setup
  public void start() {
    recorder = new RunningRecorder(true);
    parent = SondeBridge.serverStarted("tomcat");
    SondeBridge.serverRequest(parent, "GET", "/users/7", null, "127.0.0.1");
    scope = SondeBridge.enter(parent);
  }

  @Setup(Level.Invocation)
  public void awaitEmptyQueue() {
    recorder.awaitEmptyQueue();
  }

  @TearDown
  public void close() {
    SondeBridge.leave(scope);
    SondeBridge.finished(parent, 200, null);
    recorder.close();
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void exchange(Blackhole sink) {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      call(sink);
    }
  }

  private static void call(Blackhole sink) {
    Object exchange =
        SondeBridge.clientStarted("java-http-client", "GET", "stock", 8081, "/stock/7");
    String name;
    for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
      sink.consume(name);
      sink.consume(SondeBridge.headerValue(exchange, i));
    }
    SondeBridge.finished(exchange, 200, null);
  }
}
