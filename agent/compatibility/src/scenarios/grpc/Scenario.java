// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server of gRPC and a client that calls it, in one JVM. */
public final class Scenario {

  private static final MethodDescriptor<String, String> FIND =
      MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("shop.Orders/Find")
          .setRequestMarshaller(new Text())
          .setResponseMarshaller(new Text())
          .build();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(
                ServerServiceDefinition.builder("shop.Orders")
                    .addMethod(FIND, ServerCalls.asyncUnaryCall(Scenario::find))
                    .build())
            .build()
            .start();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    new Front().on("/find", order -> call(channel, order)).start();
  }

  private static void find(String order, StreamObserver<String> answer) {
    if (order.equals("missing")) {
      answer.onError(Status.NOT_FOUND.asRuntimeException());
    } else {
      answer.onNext("order " + order);
      answer.onCompleted();
    }
  }

  private static String call(ManagedChannel channel, String order) {
    try {
      return ClientCalls.blockingUnaryCall(channel, FIND, CallOptions.DEFAULT, order);
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode().name();
    }
  }

  /** Texts: no compiler of protobuf is needed. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      byte[] bytes = new byte[100];
      try {
        int length = Math.max(stream.read(bytes), 0);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
