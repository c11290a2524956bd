// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * The host's address, resolved again every 30 s and when asked to. Keeps the last known one when
 * the name server fails. Sender's thread only: resolving may block for seconds.
 */
final class Address {

  private static final long MAX_AGE_NANOS = 30_000_000_000L;
  private static final long RETRY_NANOS = 1_000_000_000L;

  private final String host;
  private final int port;
  private @Nullable InetAddress current;
  private long nextNanos;
  private boolean fresh;

  Address(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Null when it was never known. */
  @Nullable InetSocketAddress current(long nowNanos) {
    if (!fresh || nowNanos - nextNanos >= 0) {
      resolve(nowNanos);
    }
    return current == null ? null : new InetSocketAddress(current, port);
  }

  /** Resolve again at the next call, since the address did not work. */
  void distrust(long nowNanos) {
    if (nextNanos - nowNanos > RETRY_NANOS) {
      nextNanos = nowNanos + RETRY_NANOS;
    }
  }

  private void resolve(long nowNanos) {
    fresh = true;
    try {
      InetAddress[] all = InetAddress.getAllByName(host);
      if (!contains(all, current)) {
        current = all[0];
      }
      nextNanos = nowNanos + MAX_AGE_NANOS;
    } catch (UnknownHostException e) {
      nextNanos = nowNanos + RETRY_NANOS;
    }
  }

  /** A name with several addresses, in changing order, is no reason to change. */
  private static boolean contains(InetAddress[] all, @Nullable InetAddress one) {
    for (InetAddress address : all) {
      if (address.equals(one)) {
        return true;
      }
    }
    return false;
  }
}
