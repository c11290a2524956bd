// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.SampleExchanges;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the health windows cost the pipeline per request, and a reader per question. */
@State(Scope.Benchmark)
public class WindowBenchmark {

  private static final long SECOND = 1_000_000_000L;

  private final RequestWindows windows = new RequestWindows(System::nanoTime);
  private final long began = System.nanoTime();
  private final RequestWindow minute = RequestWindow.fine(began);
  private Exchange exchange;

  @Setup
  public void fillAMinute() {
    exchange = SampleExchanges.server();
    for (int second = 0; second <= 60; second++) {
      minute.add(SampleExchanges.server(began + second * SECOND));
    }
  }

  /** All windows of all routes and of one. */
  @Benchmark
  public void add() {
    windows.add(exchange);
  }

  /** A minute's percentiles, of 60 slots. */
  @Benchmark
  public Object sumUpAMinute() {
    return minute.summary(60, began + 60 * SECOND + SECOND / 2);
  }
}
