// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;

/** Beside a newer Okio than that of OkHttp 3, and not with versions that have no server. */
class GrpcOkHttpTest extends GrpcContract {

  @Override
  ServerBuilder<?> serverBuilder() {
    return OkHttpServerBuilder.forPort(0, InsecureServerCredentials.create());
  }

  @Override
  ManagedChannelBuilder<?> channelBuilder(int port) {
    return OkHttpChannelBuilder.forAddress("127.0.0.1", port).usePlaintext();
  }
}
