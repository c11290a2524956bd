// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import io.sonde.bridge.SondeBridge;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The real recorder behind the bridge's doors, with the default settings, a pipeline that runs, and
 * an exporter that does nothing.
 *
 * <p>A benchmark makes millions of exchanges a second, the pipeline looks every 10 ms: the queue
 * would be full most of the time, and the loss would be measured. So benchmarks work in bursts of
 * {@link #BURST}, and {@link #awaitEmptyQueue} between them, outside of the measured time.
 */
final class RunningRecorder {

  /** Two threads' bursts fit into the queue. */
  static final int BURST = Pipeline.CAPACITY / 4;

  /** Every trace is sampled. */
  private static final long NO_LIMIT = Integer.MAX_VALUE;

  private static final long POLL_NANOS = 100_000;

  private final Ledger ledger = new Ledger();
  private final Pipeline pipeline = new Pipeline(ledger);
  private final Ledger.Account account = ledger.accounts().get(0);
  private final Propagation propagation;
  private final Recorder recorder;

  /**
   * @param originate as with a Zipkin endpoint
   */
  RunningRecorder(boolean originate) {
    this(originate, new PoolTable(kind -> null));
  }

  RunningRecorder(boolean originate, PoolTable pools) {
    propagation =
        new Propagation(
            List.of("b3", "b3multi", "tracecontext"),
            List.of("b3", "tracecontext", "request-id"),
            List.of(),
            "X-Request-ID",
            true,
            originate);
    recorder = new Recorder(propagation, 1.0, NO_LIMIT, pipeline, pools, Lifecycle.NONE);
    SondeBridge.install(recorder);
    pipeline.start(List.of(new NoExporter()));
  }

  /** None is shipped when nobody says so. */
  void logLevels(LogLevels levels) {
    recorder.logLevels(levels);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  void awaitEmptyQueue() {
    while (account.queued() > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Fails when something was lost: then something else was measured than is said. */
  void close() {
    SondeBridge.install(null);
    pipeline.close(System.nanoTime() + 1_000_000_000);
    if (account.dropped() > 0) {
      throw new IllegalStateException("dropped: " + account.droppedByReason());
    }
  }

  private static final class NoExporter implements Exporter {
    @Override
    public String name() {
      return "none";
    }
  }
}
