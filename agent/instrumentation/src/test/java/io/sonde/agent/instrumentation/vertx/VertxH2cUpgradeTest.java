// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

/** The same, asked for by HTTP/1.1. */
class VertxH2cUpgradeTest extends VertxH2cTest {

  @Override
  boolean upgrades() {
    return true;
  }
}
