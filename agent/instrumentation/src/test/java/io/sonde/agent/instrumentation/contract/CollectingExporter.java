// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.PoolUse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what the pipeline exports until a test reads it. */
final class CollectingExporter implements Exporter {

  final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
  final BlockingQueue<LogEvent> logs = new LinkedBlockingQueue<>();
  final BlockingQueue<ErrorRecord> errors = new LinkedBlockingQueue<>();
  final BlockingQueue<PoolUse> pools = new LinkedBlockingQueue<>();

  @Override
  public String name() {
    return "collecting";
  }

  @Override
  public void exchange(Exchange exchange) {
    exchanges.add(exchange);
  }

  @Override
  public void log(LogEvent event) {
    logs.add(event);
  }

  @Override
  public void error(ErrorRecord error) {
    errors.add(error);
  }

  @Override
  public void pool(PoolUse use) {
    pools.add(use);
  }
}
