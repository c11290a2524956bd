// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.util.ArrayList;
import java.util.List;

/** A Logstash input's host and port, not resolved: that is done anew at each connection. */
final class LogstashAddress {

  private final String host;
  private final int port;

  LogstashAddress(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /**
   * Reads {@code host:port[,host:port…]}.
   *
   * @throws IllegalArgumentException with what is wrong and what is expected
   */
  static List<LogstashAddress> parse(String addresses) {
    List<LogstashAddress> parsed = new ArrayList<>();
    for (String address : addresses.split(",")) {
      if (!address.trim().isEmpty()) {
        parsed.add(parseOne(address.trim()));
      }
    }
    return parsed;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static LogstashAddress parseOne(String address) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(address + ": an IPv6 address needs brackets, [::1]:5000");
    }
    int port = port(address.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(address + ": not host:port with a port in 1..65535");
    }
    return new LogstashAddress(host, port);
  }

  private static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
