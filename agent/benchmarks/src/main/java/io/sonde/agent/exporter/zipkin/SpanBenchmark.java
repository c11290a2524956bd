// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.SampleExchanges;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.Collections;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** On {@code sonde-zipkin}: an exchange becomes a span, encoded into the batch. */
@State(Scope.Thread)
public class SpanBenchmark {

  /** About a full message. */
  private static final int SPANS = 1_000;

  @Param({"json", "proto3"})
  public String encoding;

  private final SpanMapper mapper =
      new SpanMapper(
          new ServiceIdentity("orders", null, null, "host-1", "host-1"),
          ClientIp.MASKED,
          new MessageMask(Collections.emptyList()));
  private final Exchange server = SampleExchanges.server();
  private final Exchange client = SampleExchanges.client();
  private SpanBatch batch;
  private SpanWriter writer;

  @Setup
  public void start() {
    boolean json = encoding.equals("json");
    batch = new SpanBatch(json);
    writer = json ? new JsonSpanWriter(batch) : new Proto3SpanWriter(batch);
  }

  @Benchmark
  public int server() {
    return write(server);
  }

  @Benchmark
  public int client() {
    return write(client);
  }

  private int write(Exchange exchange) {
    if (batch.count() == SPANS) {
      batch.clear();
    }
    mapper.map(exchange, writer);
    return batch.sizeInBytes();
  }
}
