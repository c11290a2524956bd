// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.sonde.bridge.SondeBridge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers texts with texts: no compiler of protobuf is needed. What is asked says how. */
final class EchoService implements BindableService {

  static final MethodDescriptor<String, String> SAY =
      method("Say", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<String, String> TALK =
      method("Talk", MethodDescriptor.MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> UNKNOWN =
      method("Unknown", MethodDescriptor.MethodType.UNARY);

  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final Supplier<Channel> itself;

  /** Calls itself over the channel. */
  EchoService(Supplier<Channel> itself) {
    this.itself = itself;
  }

  void close() {
    threads.shutdownNow();
  }

  private static MethodDescriptor<String, String> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("test.Echo", name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder("test.Echo")
        .addMethod(SAY, ServerCalls.asyncUnaryCall(this::say))
        .addMethod(TALK, ServerCalls.asyncBidiStreamingCall(this::talk))
        .build();
  }

  private void say(String asked, StreamObserver<String> answer) {
    switch (asked) {
      case "boom":
        throw new IllegalStateException("boom");
      case "error":
        answer.onError(new IllegalStateException("error"));
        break;
      case "missing":
        answer.onError(Status.NOT_FOUND.withDescription("not here").asRuntimeException());
        break;
      case "never":
        break;
      case "current":
        send(SondeBridge.current() == null ? "nothing" : "serving", answer);
        break;
      case "nested":
        send(
            ClientCalls.blockingUnaryCall(itself.get(), SAY, CallOptions.DEFAULT, "hello"), answer);
        break;
      case "later":
        threads.execute(
            () ->
                send(
                    ClientCalls.blockingUnaryCall(itself.get(), SAY, CallOptions.DEFAULT, "hello"),
                    answer));
        break;
      default:
        send(asked, answer);
    }
  }

  private static void send(String text, StreamObserver<String> answer) {
    answer.onNext(text);
    answer.onCompleted();
  }

  /** Tells for each text whether it is served in a context; ends with the client. */
  private StreamObserver<String> talk(StreamObserver<String> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(String asked) {
        answer.onNext(asked + (SondeBridge.current() == null ? " nothing" : " serving"));
      }

      @Override
      public void onError(Throwable thrown) {}

      @Override
      public void onCompleted() {
        answer.onNext(SondeBridge.current() == null ? "end nothing" : "end serving");
        answer.onCompleted();
      }
    };
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
