// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.DestinationWorker;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends sampled exchanges to a Zipkin server. The pipeline's thread only offers them; mapping,
 * encoding and sending happen on {@code sonde-zipkin}. More than the queue holds is dropped and
 * counted.
 */
public final class ZipkinExporter implements Exporter {

  /** A stall of a second at saturation; 64 KB while it is empty. */
  private static final int CAPACITY = 16_384;

  /** Of the oldest span in a message. */
  private static final long MAX_AGE_NANOS = 1_000_000_000;

  /** Kept of the time to close for cutting off a server that hangs. */
  private static final long CUT_OFF_NANOS = 150_000_000;

  private static final long CLOSE_POLL_NANOS = 2_000_000;

  private final Ledger.Account account;
  private final SpanSender sender;
  private final SpanDelivery delivery;
  private final DestinationWorker<Exchange> worker;

  public ZipkinExporter(ZipkinConfig config, ServiceIdentity identity, Ledger ledger) {
    this(config, identity, ledger, CAPACITY, MAX_AGE_NANOS);
  }

  ZipkinExporter(
      ZipkinConfig config,
      ServiceIdentity identity,
      Ledger ledger,
      int capacity,
      long maxAgeNanos) {
    account = ledger.account("spans", "zipkin");
    sender = new SpanSender(config);
    delivery = new SpanDelivery(config, identity, sender, account, maxAgeNanos);
    worker = new DestinationWorker<>("zipkin", capacity, account, delivery);
  }

  @Override
  public String name() {
    return "zipkin";
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void exchange(Exchange exchange) {
    if (exchange.sampled() && !exchange.probe()) {
      worker.offer(exchange);
    }
  }

  @Override
  public void tick(long nowNanos) {
    sender.tick(nowNanos);
  }

  @Override
  public void close(long deadlineNanos) {
    delivery.hurry();
    while (account.queued() > 0 && deadlineNanos - System.nanoTime() > CUT_OFF_NANOS) {
      LockSupport.parkNanos(this, CLOSE_POLL_NANOS);
    }
    sender.abort();
    worker.close(deadlineNanos);
    delivery.close();
  }
}
