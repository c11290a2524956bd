// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One Logstash with its {@code beats} input, or whoever else speaks Lumberjack. */
final class LumberjackServer implements AckingServer {

  /** A write that takes longer is to a host that is gone, or that does not read. */
  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LogstashAddress address;
  private final LogstashSockets sockets;
  private volatile @Nullable LumberjackConnection connection;
  private volatile boolean aborted;

  LumberjackServer(LogstashAddress address, LogstashSockets sockets) {
    this.address = address;
    this.sockets = sockets;
  }

  static List<LumberjackServer> all(List<LogstashAddress> addresses, LogstashSockets sockets) {
    List<LumberjackServer> servers = new ArrayList<>();
    for (LogstashAddress address : addresses) {
      servers.add(new LumberjackServer(address, sockets));
    }
    return servers;
  }

  @Override
  public void send(OpenLines lines, int most) throws IOException {
    try {
      connected().send(lines, lines.first(most));
    } catch (IOException | RuntimeException e) {
      disconnect();
      throw e;
    }
  }

  @Override
  public void watch(long nowNanos) {
    LumberjackConnection current = connection;
    if (current != null && current.writingNanos(nowNanos) > STALL_NANOS) {
      current.abort();
    }
  }

  @Override
  public void abort() {
    aborted = true;
    LumberjackConnection current = connection;
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }

  private LumberjackConnection connected() throws IOException {
    LumberjackConnection kept = connection;
    if (kept != null && kept.hasEnded()) {
      disconnect();
      kept = null;
    }
    if (kept == null && !aborted) {
      kept = sockets.connect(address, Integer.MAX_VALUE, LumberjackConnection::new);
      connection = kept;
    }
    if (aborted) {
      throw new SocketException("closed");
    }
    return kept;
  }

  private void disconnect() {
    LumberjackConnection current = connection;
    connection = null;
    if (current != null) {
      current.abort();
    }
  }
}
