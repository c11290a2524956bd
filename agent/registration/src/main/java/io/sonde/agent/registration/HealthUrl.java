// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

/** Addresses of {@code /health}. */
final class HealthUrl {

  private HealthUrl() {}

  /** A server on this host listens on every interface: it has no address of its own. */
  static boolean isEverywhere(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
  }

  /**
   * {@code http://host:port/health}.
   *
   * @param query begins with a question mark; empty for none
   */
  static String of(String host, int port, String query) {
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "http://" + bracketed + ":" + port + "/health" + query;
  }
}
