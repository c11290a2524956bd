// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.LogLevels;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.recording.ServiceStart;
import java.util.ArrayList;
import java.util.List;

/**
 * The application's log events, one access event per request and the errors nobody handled, as JSON
 * lines to Logstash, to Elasticsearch, to a rolling file and to standard output.
 *
 * <p>Everything that takes time happens on the destinations' own threads; see the package.
 */
public final class LogExporter implements Exporter {

  private final List<LogDestination> destinations = new ArrayList<>();

  private volatile LogLevels levels;
  private volatile AccessSampler access;

  public LogExporter(
      LogConfig config,
      ServiceIdentity identity,
      QueryMask queries,
      MessageMask messages,
      Ledger ledger) {
    this.levels = config.levels();
    this.access = config.access();
    LabelNames names = new LabelNames();
    // In the order of closing: those that cannot hang for long first.
    for (LineSink sink : LineSinks.of(config, identity)) {
      destinations.add(
          new LogDestination(
              sink,
              ledger,
              () ->
                  new LineEncoder(
                      identity,
                      queries,
                      messages,
                      config.clientIp(),
                      names,
                      config.foldedFrames())));
    }
  }

  /** Which of the application's events; may change while running. Of what waits already, too. */
  public void levels(LogLevels newLevels) {
    levels = newLevels;
  }

  /** Which requests make an access event; may change while running. */
  public void access(AccessSampler newAccess) {
    access = newAccess;
  }

  @Override
  public String name() {
    return "logs";
  }

  @Override
  public void start() {
    for (LogDestination destination : destinations) {
      destination.start();
    }
  }

  @Override
  public void exchange(Exchange exchange) {
    if (exchange.kind() == Exchange.Kind.SERVER && !exchange.probe()) {
      access(exchange, access);
    }
  }

  @Override
  public void log(LogEvent event) {
    if (levels.include(event.level(), event.logger())) {
      offer(Line.of(event));
    }
  }

  @Override
  public void error(ErrorRecord error) {
    offer(Line.of(error));
  }

  @Override
  public void healthChanged(HealthChange change) {
    offer(Line.of(change));
  }

  @Override
  public void serviceStarted(ServiceStart start) {
    offer(Line.of(start));
  }

  @Override
  public void tick(long nowNanos) {
    for (LogDestination destination : destinations) {
      destination.watch(nowNanos);
    }
  }

  @Override
  public void close(long deadlineNanos) {
    int left = destinations.size();
    for (LogDestination destination : destinations) {
      // An equal share each, so that one that hangs leaves the others theirs.
      long now = System.nanoTime();
      destination.close(now + Math.max(0, deadlineNanos - now) / left--);
    }
  }

  private void access(Exchange exchange, AccessSampler sampler) {
    double share = sampler.share(exchange);
    if (AccessSampler.keeps(exchange, share)) {
      offer(Line.of(exchange, share, sampler.slow(exchange)));
    } else if (sampler.samples()) {
      for (LogDestination destination : destinations) {
        destination.sampledOut(Signal.ACCESS);
      }
    }
  }

  private void offer(Line line) {
    for (LogDestination destination : destinations) {
      destination.offer(line);
    }
  }
}
