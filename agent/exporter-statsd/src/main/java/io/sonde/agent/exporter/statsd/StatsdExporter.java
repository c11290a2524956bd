// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.exporter.statsd.Series.Kind;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.ServiceStart;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * Counts and times per series and interval, and sends that to statsd.
 *
 * <pre>
 *  sonde-pipeline                         │ sonde-statsd
 *  exchange … ─▶ SeriesTable ─▶ Cell      │
 *  tick ─▶ Batch of the interval ─────────┼─▶ Sender ─▶ Packer ─▶ UdpTransport · TcpTransport
 *                                         │      └─ Meters (Micrometer: gauges, JVM)
 * </pre>
 *
 * There are two batches. While one is being sent the other fills; when sending takes longer than an
 * interval, the next one simply lasts longer, and nothing is lost.
 */
public final class StatsdExporter implements Exporter {

  /** Each has two cells of up to 64 durations; 10,000 of them, all busy, are about 10 MB. */
  private static final int MAX_SERIES = 10_000;

  private static final long MIN_INTERVAL_NANOS = 10_000_000;

  private final Naming naming;
  private final Deliveries deliveries;
  private final SeriesTable table;
  private final Meters meters;
  private final Sender sender;
  private final Batch[] batches = {new Batch(), new Batch()};
  private int parity;
  private long lastHandedNanos = System.nanoTime();
  private volatile long intervalNanos;

  public StatsdExporter(StatsdConfig config, Ledger ledger) {
    this(config, ledger, MAX_SERIES);
  }

  StatsdExporter(StatsdConfig config, Ledger ledger, int maxSeries) {
    naming = new Naming(config);
    deliveries = new Deliveries(ledger);
    table = new SeriesTable(config.flavor().tagged(), maxSeries);
    meters = new Meters(naming, deliveries);
    Transport transport = transport(config, deliveries);
    sender = new Sender(naming, ledger, deliveries, transport, meters, table::folded);
    interval(config.interval());
  }

  private static Transport transport(StatsdConfig config, Deliveries deliveries) {
    Address address = new Address(config.host(), config.port());
    if (config.protocol() == Protocol.TCP) {
      return new TcpTransport(address, deliveries);
    }
    if (config.protocol() == Protocol.UNIX) {
      AgentLog.warn(
          "statsd.protocol=unix: Java has no unix datagram sockets (only stream ones, from 16 on);"
              + " using udp to "
              + config.host()
              + ':'
              + config.port());
    }
    return new UdpTransport(address, deliveries, config.maxPacket());
  }

  @Override
  public String name() {
    return "statsd";
  }

  /** Starts a thread, no more: that one loads the libraries, at the end of the first interval. */
  @Override
  public void start() {
    sender.start();
  }

  /** How often is sent, from the next {@link #tick} on. At least 10 ms. Any thread. */
  public void interval(Duration interval) {
    intervalNanos = Math.max(MIN_INTERVAL_NANOS, interval.toNanos());
  }

  /**
   * Adds a gauge, or exchanges the source of the one with that name and those tags. Read once an
   * interval on {@code sonde-statsd}; NaN sends nothing. Any thread.
   *
   * @param logicalName e.g. {@code pool.active}; one that is not in the table of names becomes an
   *     etsy name with the tags' values behind it, in the order of their keys
   * @param tags e.g. {@code pool=HikariPool-1}
   */
  public void gauge(String logicalName, Map<String, String> tags, DoubleSupplier value) {
    meters.gauge(logicalName, new TreeMap<>(tags), value);
  }

  @Override
  public void exchange(Exchange exchange) {
    boolean server = exchange.kind() == Exchange.Kind.SERVER;
    Cell cell = record(server ? table.server(exchange) : table.client(exchange), 1);
    if (!exchange.probe()) {
      cell.time(exchange.durationNanos());
    }
  }

  @Override
  public void log(LogEvent event) {
    record(table.find(Kind.LOG, level(event.level()), ""), 1);
  }

  @Override
  public void error(ErrorRecord error) {
    Series series = table.find(Kind.ERROR, error.type(), error.fingerprint());
    record(series, 1 + error.repeatCount());
  }

  @Override
  public void pool(PoolUse use) {
    Kind kind = use.timedOut() ? Kind.POOL_TIMEOUT : Kind.POOL_GIVEN;
    record(table.find(kind, use.pool(), ""), 1).time(use.waitedNanos());
  }

  /** An event where statsd knows events, else one more of a counter. */
  @Override
  public void healthChanged(HealthChange change) {
    if (naming.flavor() == Flavor.DATADOG) {
      sender.event(naming.event(change));
    } else {
      record(table.find(Kind.HEALTH, change.check(), change.from() + '-' + change.to()), 1);
    }
  }

  /** Waits in its counter while statsd is away, as all counters do. */
  @Override
  public void serviceStarted(ServiceStart start) {
    record(table.find(Kind.STARTED, start.version(), ""), 1);
  }

  private Cell record(Series series, long records) {
    deliveries.recordsTaken(records);
    Cell cell = series.cell(parity);
    if (cell.count(records)) {
      batches[parity].add(cell);
    }
    return cell;
  }

  private static String level(int level) {
    switch (level) {
      case 1:
        return "trace";
      case 2:
        return "debug";
      case 3:
        return "info";
      case 4:
        return "warn";
      default:
        return "error";
    }
  }

  @Override
  public void tick(long nowNanos) {
    if (nowNanos - lastHandedNanos >= intervalNanos && sender.isFree()) {
      lastHandedNanos = nowNanos;
      hand();
    }
  }

  @Override
  public long restNanos(long nowNanos) {
    return sender.isFree() ? intervalNanos - (nowNanos - lastHandedNanos) : intervalNanos;
  }

  /** For tests: changes with every batch that was handed over. */
  long lastHandedNanos() {
    return lastHandedNanos;
  }

  private void hand() {
    Batch full = batches[parity];
    parity = 1 - parity;
    sender.hand(full);
  }

  /** Sends the interval that has begun, too. */
  @Override
  public void close(long deadlineNanos) {
    while (!sender.isFree() && System.nanoTime() - deadlineNanos < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    if (sender.isFree()) {
      hand();
    }
    sender.close(deadlineNanos);
    deliveries.abandon();
  }
}
