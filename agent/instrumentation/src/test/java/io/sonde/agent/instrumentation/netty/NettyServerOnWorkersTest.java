// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

/** The handler runs in a group of threads of its own: messages and writes change threads. */
class NettyServerOnWorkersTest extends NettyServerTest {

  @Override
  boolean onWorkers() {
    return true;
  }
}
