// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;

/** The client's thread brings the server its calls: what it serves is not theirs. */
class GrpcInProcessTest extends GrpcContract {

  @Override
  ServerBuilder<?> serverBuilder() {
    return InProcessServerBuilder.forName("echo");
  }

  @Override
  ManagedChannelBuilder<?> channelBuilder(int port) {
    return InProcessChannelBuilder.forName(port == 1 ? "nobody" : "echo");
  }

  @Override
  boolean hasConnections() {
    return false;
  }
}
