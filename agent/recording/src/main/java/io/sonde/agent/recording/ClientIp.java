// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** How much of a caller's address is sent: {@code logs.client-ip}, {@code zipkin.client-ip}. */
public enum ClientIp {

  /** {@code 192.0.2.0} of {@code 192.0.2.17}; {@code 2001:db8:1::} of IPv6. */
  MASKED,
  FULL,
  OFF
}
