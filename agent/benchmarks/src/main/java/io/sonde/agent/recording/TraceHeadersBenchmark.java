// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading and writing the headers that carry a trace. */
@State(Scope.Thread)
public class TraceHeadersBenchmark {

  private final Exchange exchange = SampleExchanges.client();
  private final Exchange read = SampleExchanges.client();

  /** Not final: else the compiler could read them itself. */
  private String b3 = "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-05e3ac9a4f6e3b90";

  private String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private String garbage = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333x-01";

  @Benchmark
  public boolean readB3() {
    return TraceHeaders.readB3(b3, read);
  }

  @Benchmark
  public boolean readTraceparent() {
    return TraceHeaders.readTraceparent(traceparent, read);
  }

  @Benchmark
  public boolean refuseTraceparent() {
    return TraceHeaders.readTraceparent(garbage, read);
  }

  @Benchmark
  public String writeB3() {
    return TraceHeaders.b3(exchange);
  }

  @Benchmark
  public String writeTraceparent() {
    return TraceHeaders.traceparent(exchange);
  }
}
