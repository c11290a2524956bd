// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
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
 * All that one request costs its thread: every door that a server's and a framework's advice call,
 * from the first to the hand-over to the pipeline.
 */
@State(Scope.Thread)
public class ServerExchangeBenchmark {

  @Param public RequestHeaders headers;

  /** Whether spans are made, as with a Zipkin endpoint. */
  @Param({"true", "false"})
  public boolean zipkin;

  private RunningRecorder recorder;
  private String[] values;

  @Setup
  public void start() {
    recorder = new RunningRecorder(zipkin);
    values = headers.valuesOf(SondeBridge.requestHeaders());
  }

  @Setup(Level.Invocation)
  public void awaitEmptyQueue() {
    recorder.awaitEmptyQueue();
  }

  @TearDown
  public void close() {
    recorder.close();
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void exchange(Blackhole sink) {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      serve(sink);
    }
  }

  private void serve(Blackhole sink) {
    Object exchange = SondeBridge.serverStarted("tomcat");
    String[] names = SondeBridge.requestHeaders();
    for (int i = 0; i < names.length; ) {
      i = SondeBridge.requestHeader(exchange, i, values[i]);
    }
    SondeBridge.serverRequest(exchange, "GET", "/users/7", null, "127.0.0.1");
    Object scope = SondeBridge.enter(exchange);
    SondeBridge.route("/users/{id}", "UserController#find(long)");
    for (int i = 0; SondeBridge.headerName(exchange, i) != null; i++) {
      sink.consume(SondeBridge.headerValueBytes(exchange, i));
    }
    SondeBridge.leave(scope);
    SondeBridge.finished(exchange, 200, null);
  }
}
