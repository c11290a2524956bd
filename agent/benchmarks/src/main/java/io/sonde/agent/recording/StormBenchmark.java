// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the pipeline pays for an exception of a storm, 60 frames deep: {@link #tracked} less {@link
 * #thrown}, which only makes it. {@link #lookedAt} is one without a request, whose stack is always
 * taken apart.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class StormBenchmark {

  private static final int DEPTH = 60;

  private ErrorTracker tracker;
  private Exchange exchange;

  @Setup
  public void start() {
    tracker = new ErrorTracker(0);
    exchange = new Exchange(Exchange.Kind.SERVER, "tomcat", 0);
    exchange.handler = "OrderController#find(long)";
  }

  @Benchmark
  public Throwable thrown() {
    return deep(DEPTH);
  }

  @Benchmark
  public void tracked() {
    tracker.track(deep(DEPTH), "handler", 0, "http-1", exchange, 0);
  }

  @Benchmark
  public void lookedAt() {
    tracker.track(deep(DEPTH), "uncaught", 0, "main", null, 0);
  }

  private static Throwable deep(int more) {
    return more == 0 ? new IllegalStateException("storm") : deep(more - 1);
  }
}
