// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exporter;
import io.sonde.health.Health;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides when the application counts as started: when the first of its servers accepts, or when a
 * first request was served. One that has no HTTP server is started after a grace time.
 *
 * <p>A server's classes are a promise that it will accept; it is waited for ten times as long,
 * since an application may have them and never open a port.
 */
final class StartedWatch implements Exporter {

  /** Instrumentations whose classes are loaded by those who serve; Netty's also by clients. */
  private static final Set<String> SERVERS =
      new HashSet<>(Arrays.asList("tomcat", "jetty", "undertow", "jdk-http-server"));

  private static final int PATIENCE = 10;

  private final Health health;
  private final Supplier<Collection<String>> applied;
  private final long graceNanos;
  private final long sinceNanos;
  private volatile boolean started;

  /**
   * @param applied names of the instrumentations that found their classes
   */
  StartedWatch(Health health, Supplier<Collection<String>> applied, Duration grace, long nowNanos) {
    this.health = health;
    this.applied = applied;
    this.graceNanos = grace.toNanos();
    this.sinceNanos = nowNanos;
  }

  @Override
  public String name() {
    return "started";
  }

  /** Any thread. */
  void serverAccepting() {
    if (!started) {
      started = true;
      health.started();
    }
  }

  @Override
  public void exchange(Exchange exchange) {
    if (!started && exchange.kind() == Exchange.Kind.SERVER) {
      serverAccepting();
    }
  }

  @Override
  public void tick(long nowNanos) {
    long waited = nowNanos - sinceNanos;
    if (!started && waited >= graceNanos && (waited >= PATIENCE * graceNanos || !hasServer())) {
      serverAccepting();
    }
  }

  private boolean hasServer() {
    return !Collections.disjoint(applied.get(), SERVERS);
  }
}
