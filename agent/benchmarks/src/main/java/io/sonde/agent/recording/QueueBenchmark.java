// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** The hand-over to the pipeline, which is counted by the ledger. */
public class QueueBenchmark {

  /** One queue for all threads. */
  @State(Scope.Benchmark)
  public static class Shared {

    final Exchange exchange = new Exchange(Exchange.Kind.CLIENT, "test", System.nanoTime());
    RunningRecorder recorder;

    @Setup
    public void start() {
      recorder = new RunningRecorder(true);
    }

    @TearDown
    public void close() {
      recorder.close();
    }
  }

  /** Each thread waits for itself: the others' bursts fit in, too. */
  @State(Scope.Thread)
  public static class Producer {

    @Setup(Level.Invocation)
    public void awaitEmptyQueue(Shared shared) {
      shared.recorder.awaitEmptyQueue();
    }
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  @Threads(1)
  public boolean offerAlone(Shared shared, Producer producer) {
    return burst(shared);
  }

  @Benchmark
  @OperationsPerInvocation(RunningRecorder.BURST)
  @Threads(2)
  public boolean offerByTwo(Shared shared, Producer producer) {
    return burst(shared);
  }

  private static boolean burst(Shared shared) {
    Pipeline pipeline = shared.recorder.pipeline();
    boolean taken = true;
    for (int i = 0; i < RunningRecorder.BURST; i++) {
      taken &= pipeline.offer(shared.exchange);
    }
    return taken;
  }
}
