// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.internal.ServerStream;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** What of the advice is about servers. */
final class GrpcServerAdvice {

  private GrpcServerAdvice() {}

  /** A request's headers have come, on the transport's thread. */
  static final class StreamCreated {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) ServerStream stream,
        @Advice.Argument(1) String method,
        @Advice.Argument(2) Metadata headers,
        @Advice.Local("scope") Object scope) {
      // A server below has begun it: Netty, or a servlet container. In the same process this is
      // the client's thread, and what it serves another request.
      boolean inProcess = stream.getClass().getName().startsWith("io.grpc.inprocess.");
      Object exchange = inProcess ? null : SondeBridge.current();
      if (exchange == null) {
        exchange = SondeBridge.serverStarted(GrpcInstrumentation.LIBRARY);
        if (exchange == null) {
          return false;
        }
        String[] names = SondeBridge.requestHeaders();
        for (int i = 0; i < names.length; ) {
          String value = headers.get(Metadata.Key.of(names[i], Metadata.ASCII_STRING_MARSHALLER));
          i = SondeBridge.requestHeader(exchange, i, value);
        }
        SocketAddress remote = stream.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        String peer = null;
        if (remote instanceof InetSocketAddress
            && ((InetSocketAddress) remote).getAddress() != null) {
          peer = ((InetSocketAddress) remote).getAddress().getHostAddress();
        }
        SondeBridge.serverRequest(exchange, "POST", "/".concat(method), null, peer);
      }
      SondeBridge.attach(stream, exchange);
      scope = SondeBridge.enter(exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The method is known; its handler is called next. */
  static final class Call {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object call,
        @Advice.Argument(0) Object stream,
        @Advice.Argument(1) MethodDescriptor<?, ?> method) {
      Object exchange = SondeBridge.attached(stream);
      if (exchange != null) {
        SondeBridge.attach(call, exchange);
        Object scope = SondeBridge.enter(exchange);
        String name = method.getFullMethodName();
        SondeBridge.route("/".concat(name), name);
        SondeBridge.leave(scope);
      }
    }
  }

  /** Something has happened to the call; the handler's listener is told, on its thread. */
  static final class Event {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("call") Object call, @Advice.Local("scope") Object scope) {
      Object exchange = SondeBridge.attached(call);
      if (exchange == null) {
        return false;
      }
      scope = SondeBridge.enter(exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  static final class SendHeaders {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object call, @Advice.Argument(0) Metadata headers) {
      Object exchange = SondeBridge.attached(call);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        if (!headers.containsKey(key)) {
          headers.put(key, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** A call that has failed at once has trailers only. */
  static final class Trailers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object stream,
        @Advice.FieldValue("headersSent") boolean headersSent,
        @Advice.Argument(1) Metadata trailers) {
      Object exchange = headersSent ? null : SondeBridge.attached(stream);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        if (!trailers.containsKey(key)) {
          trailers.put(key, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /**
   * The application has ended the call, or gRPC for it: what a listener has thrown is the cause.
   */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object stream, @Advice.Argument(0) Status status) {
      SondeBridge.grpcFinished(
          SondeBridge.attached(stream), status.getCode().value(), status.getCause());
    }
  }

  /** The transport has: after the above, or because the client or a deadline has cancelled. */
  static final class Closed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("stream") Object stream, @Advice.Argument(0) Status status) {
      SondeBridge.grpcFinished(
          SondeBridge.detached(stream), status.getCode().value(), status.getCause());
    }
  }
}
