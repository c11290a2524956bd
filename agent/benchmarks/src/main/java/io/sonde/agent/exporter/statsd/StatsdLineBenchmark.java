// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.SampleExchanges;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** On the pipeline's thread: finding a series. On the sender's: its lines, and packing them. */
@State(Scope.Thread)
public class StatsdLineBenchmark {

  private final StatsdConfig config =
      StatsdConfig.builder(
              new ServiceIdentity("orders", null, null, "host-1", "host-1"), "127.0.0.1")
          .build();
  private final StatsdExporter exporter = new StatsdExporter(config, new Ledger());
  private final Exchange exchange = SampleExchanges.server();

  private final LineName name =
      new Naming(config)
          .name(
              MetricNames.SERVER_TIME,
              Map.of("route", "/users/{id}", "method", "GET", "class", "2xx"));
  private final LineWriter line = new LineWriter();
  private final Packer packer =
      new Packer(new NoTransport(config.maxPacket()), new Deliveries(new Ledger()));

  @Setup
  public void connect() {
    packer.begin(true);
  }

  @Benchmark
  public void exchangeToSeries() {
    exporter.exchange(exchange);
  }

  @Benchmark
  public int writeTimer() {
    return line.timer(name, 3_500, 1, 4).length();
  }

  /** About 20 of them fill a packet. */
  @Benchmark
  public void packTimer() {
    packer.line(line.timer(name, 3_500, 1, 4));
  }

  /** Takes each packet at once. */
  private static final class NoTransport implements Transport {

    private final int maxPacket;

    NoTransport(int maxPacket) {
      this.maxPacket = maxPacket;
    }

    @Override
    public boolean ready(long nowNanos) {
      return true;
    }

    @Override
    public boolean send(Packet packet) {
      packet.take(packet.datagram().limit() + 1);
      return true;
    }

    @Override
    public int maxPacket() {
      return maxPacket;
    }

    @Override
    public String state() {
      return "up";
    }

    @Override
    public void close(long deadlineNanos) {}
  }
}
