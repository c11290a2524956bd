// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.bridge;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What advice costs while no recorder is installed: after a detach, or switched off. */
@State(Scope.Thread)
public class SwitchedOffBenchmark {

  private final Runnable task = () -> {};

  @Setup
  public void shutDoors() {
    SondeBridge.install(null);
  }

  /** The first door of every server's advice; with null all the others are left out. */
  @Benchmark
  public Object serverStarted() {
    return SondeBridge.serverStarted("tomcat");
  }

  /** Of every task that an executor runs. */
  @Benchmark
  public Object task() {
    SondeBridge.taskSubmitted(task);
    Object scope = SondeBridge.taskStarted(task);
    SondeBridge.leave(scope);
    return scope;
  }
}
