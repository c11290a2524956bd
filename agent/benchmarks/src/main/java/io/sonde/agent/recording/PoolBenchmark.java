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

/**
 * What getting a connection and giving it back costs more, inside a request, with its holder
 * remembered: by the pool's own entry, and by a wrapper that is new each time (the benchmark
 * allocates it: 16 bytes), whose identity hash the JVM has to make.
 */
@State(Scope.Thread)
public class PoolBenchmark {

  private static final String KIND = "benchmark";

  /** Answers nothing: nobody reads it here. */
  private static final class NoReader implements PoolTable.Reader {
    @Override
    public String name(Object pool) {
      return KIND;
    }

    @Override
    public int active(Object pool) {
      return -1;
    }

    @Override
    public int idle(Object pool) {
      return -1;
    }

    @Override
    public int max(Object pool) {
      return -1;
    }

    @Override
    public int waiting(Object pool) {
      return -1;
    }
  }

  private final Object pool = new Object();
  private final Object entry = new Object();
  private RunningRecorder recorder;
  private Object exchange;

  @Setup
  public void start() {
    recorder = new RunningRecorder(true, new PoolTable(kind -> new NoReader()));
    SondeBridge.poolSeen(KIND, pool);
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
  public void heldByEntry() {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      use(entry);
    }
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  public void heldByWrapper() {
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      use(new Object());
    }
  }

  private void use(Object connection) {
    Object asked = SondeBridge.poolAsked(KIND, pool);
    SondeBridge.poolAnswered(asked, connection, null);
    SondeBridge.poolReturned(connection);
  }
}
