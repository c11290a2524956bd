// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What carries the packets. */
public enum Protocol {
  UDP,
  TCP,
  /**
   * A unix datagram socket. Java has none: {@code UnixDomainSocketAddress} (16 and later) is for
   * stream sockets only. UDP is used instead, and said.
   */
  UNIX;

  /** The protocol of that name in any case, or null. */
  public static @Nullable Protocol of(String key) {
    String upper = key.trim().toUpperCase(Locale.ROOT);
    for (Protocol protocol : values()) {
      if (protocol.name().equals(upper)) {
        return protocol;
      }
    }
    return null;
  }
}
