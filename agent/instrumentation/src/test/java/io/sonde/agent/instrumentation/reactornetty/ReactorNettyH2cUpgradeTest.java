// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.reactornetty;

import reactor.netty.http.HttpProtocol;

/** The same, asked for by HTTP/1.1. */
class ReactorNettyH2cUpgradeTest extends ReactorNettyH2cTest {

  @Override
  HttpProtocol[] clientProtocols() {
    return new HttpProtocol[] {HttpProtocol.HTTP11, HttpProtocol.H2C};
  }
}
