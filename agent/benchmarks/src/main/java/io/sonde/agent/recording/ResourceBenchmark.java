// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import java.lang.reflect.Method;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the advice of JAX-RS costs a request: its known templates joined, and the door. */
@State(Scope.Thread)
public class ResourceBenchmark {

  private final List<String> templates = List.of("/{id: [0-9]+}", "/orders");
  private RunningRecorder recorder;
  private Exchange exchange;
  private Object scope;
  private Method method;

  @Setup
  public void start() throws NoSuchMethodException {
    recorder = new RunningRecorder(true);
    method = ResourceBenchmark.class.getMethod("joinedTemplates");
    exchange = (Exchange) SondeBridge.serverStarted("tomcat");
    SondeBridge.serverRequest(exchange, "GET", "/api/orders/7", null, "127.0.0.1");
    scope = SondeBridge.enter(exchange);
  }

  @TearDown
  public void close() {
    SondeBridge.leave(scope);
    SondeBridge.finished(exchange, 200, null);
    recorder.close();
  }

  /** As of Jersey, which has a template for each part. */
  @Benchmark
  public Object joinedTemplates() {
    StringBuilder joined = new StringBuilder(64);
    for (int i = templates.size() - 1; i >= 0; i--) {
      joined.append('/').append(templates.get(i));
    }
    return routeOf(joined);
  }

  /** As of RESTEasy, which has the whole. */
  @Benchmark
  public Object oneTemplate() {
    return routeOf("/orders/{id: [0-9]+}");
  }

  private Object routeOf(CharSequence template) {
    exchange.route = null; // as of the next request
    SondeBridge.resource("/api/", template, method);
    return exchange.route;
  }
}
