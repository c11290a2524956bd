// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import java.util.Arrays;
import java.util.List;

/** Hooks of gRPC's core, above its transports; the package's comment has the picture. */
public final class GrpcInstrumentation implements Instrumentation {

  /** Of what is recorded. */
  static final String LIBRARY = "grpc";

  private static final String SERVER = "io.grpc.internal.ServerImpl$ServerTransportListenerImpl";
  private static final String SERVER_STREAM = "io.grpc.internal.AbstractServerStream";
  private static final String IN_PROCESS =
      "io.grpc.inprocess.InProcessTransport$InProcessStream$InProcessServerStream";
  private static final String SERVER_END =
      "io.grpc.internal.ServerImpl$JumpToApplicationThreadServerStreamListener";
  private static final String SERVER_CALL = "io.grpc.internal.ServerCallImpl";
  private static final String SERVER_EVENTS =
      "io.grpc.internal.ServerCallImpl$ServerStreamListenerImpl";

  private static final String DELAYED = "io.grpc.internal.DelayedClientCall";
  private static final String CLIENT_CALL = "io.grpc.internal.ClientCallImpl";
  private static final String CLIENT_EVENTS =
      "io.grpc.internal.ClientCallImpl$ClientStreamListenerImpl";
  private static final String CHANNEL = "io.grpc.internal.ManagedChannelImpl$ChannelStreamProvider";

  /** In old versions. */
  private static final String OLD_CHANNEL =
      "io.grpc.internal.ManagedChannelImpl$ChannelTransportProvider";

  @Override
  public String name() {
    return LIBRARY;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        SERVER,
        SERVER_STREAM,
        IN_PROCESS,
        SERVER_END,
        SERVER_CALL,
        SERVER_EVENTS,
        DELAYED,
        CLIENT_CALL,
        CLIENT_EVENTS,
        CHANNEL,
        OLD_CHANNEL);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case SERVER:
        hooks.advise(
            named("streamCreated").and(takesArguments(3)), GrpcServerAdvice.StreamCreated.class);
        break;
      case SERVER_STREAM:
        hooks
            .advise(named("close").and(takesArguments(2)), GrpcServerAdvice.Trailers.class)
            .advise(named("close").and(takesArguments(2)), GrpcServerAdvice.Close.class);
        break;
      case IN_PROCESS:
        hooks.advise(named("close").and(takesArguments(2)), GrpcServerAdvice.Close.class);
        break;
      case SERVER_END:
        hooks.advise(named("closed").and(takesArguments(1)), GrpcServerAdvice.Closed.class);
        break;
      case SERVER_CALL:
        hooks
            .advise(isConstructor(), GrpcServerAdvice.Call.class)
            .advise(
                named("sendHeaders").and(takesArguments(1)), GrpcServerAdvice.SendHeaders.class);
        break;
      case SERVER_EVENTS:
        hooks.advise(
            named("messagesAvailable")
                .or(named("halfClosed"))
                .or(named("closed"))
                .or(named("onReady")),
            GrpcServerAdvice.Event.class);
        break;
      default:
        weaveClient(type, hooks);
    }
  }

  private static void weaveClient(String type, Hooks hooks) {
    switch (type) {
      case DELAYED:
        hooks.advise(named("start").and(takesArguments(2)), GrpcClientAdvice.Delayed.class);
        break;
      case CLIENT_CALL:
        hooks
            .advise(named("start").and(takesArguments(2)), GrpcClientAdvice.Start.class)
            .advise(named("closeObserver").and(takesArguments(3)), GrpcClientAdvice.Told.class);
        break;
      case CLIENT_EVENTS:
        hooks
            .advise(isConstructor(), GrpcClientAdvice.Listens.class)
            .advise(
                named("headersRead").or(named("messagesAvailable")).or(named("onReady")),
                GrpcClientAdvice.Event.class)
            .advise(named("closed").and(takesArguments(3)), GrpcClientAdvice.Closed.class);
        break;
      case CHANNEL:
        hooks.advise(named("newStream").and(takesArguments(4)), GrpcClientAdvice.NewStream.class);
        break;
      default:
        hooks
            .advise(
                named("newRetriableStream").and(takesArguments(4)),
                GrpcClientAdvice.NewStream.class)
            .advise(named("get").and(takesArguments(1)), GrpcClientAdvice.OldTransport.class);
    }
  }
}
