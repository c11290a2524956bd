// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import io.grpc.Channel;
import io.grpc.LoadBalancer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;

/** What of the advice is about clients. */
final class GrpcClientAdvice {

  private GrpcClientAdvice() {}

  /** A call has to wait until its target's name is resolved; another thread starts it then. */
  static final class Delayed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Metadata headers) {
      SondeBridge.attach(headers, SondeBridge.current());
    }
  }

  /** A call begins: within, its stream and its listener are made. */
  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This Object call,
        @Advice.FieldValue("method") MethodDescriptor<?, ?> method,
        @Advice.Argument(1) Metadata headers,
        @Advice.Local("scope") Object scope) {
      Object caller = SondeBridge.detached(headers);
      scope = SondeBridge.enter(caller == null ? SondeBridge.current() : caller);
      Object exchange =
          SondeBridge.clientStarted(
              GrpcInstrumentation.LIBRARY,
              "POST",
              null,
              -1,
              "/".concat(method.getFullMethodName()));
      SondeBridge.attach(call, exchange);
      SondeBridge.attach(headers, exchange);
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(1) Metadata headers,
        @Advice.Enter Object exchange,
        @Advice.Local("scope") Object scope,
        @Advice.Thrown Throwable thrown) {
      SondeBridge.leave(scope);
      if (exchange != null) {
        SondeBridge.detached(headers);
        if (thrown != null) {
          SondeBridge.finished(exchange, 0, thrown);
        }
      }
    }
  }

  /** The channel knows whom the call is for; the headers go out as they are now. */
  static final class NewStream {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("this$0") Channel channel, @Advice.Argument(2) Metadata headers) {
      Object exchange = SondeBridge.detached(headers);
      if (exchange == null) {
        return;
      }
      SondeBridge.clientAuthority(exchange, channel.authority());
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        if (!headers.containsKey(key)) {
          headers.put(key, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** The same of old versions, for calls that are not tried again. */
  static final class OldTransport {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("this$0") Channel channel,
        @Advice.Argument(0) LoadBalancer.PickSubchannelArgs pick) {
      Metadata headers = pick.getHeaders();
      Object exchange = SondeBridge.detached(headers);
      if (exchange == null) {
        return;
      }
      SondeBridge.clientAuthority(exchange, channel.authority());
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        if (!headers.containsKey(key)) {
          headers.put(key, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** Made for the caller, by its thread. */
  static final class Listens {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object listener) {
      SondeBridge.attach(listener, SondeBridge.current());
    }
  }

  /** On a transport's thread, which hands it to the call's executor: for the caller. */
  static final class Event {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.This Object listener, @Advice.Local("scope") Object scope) {
      scope = SondeBridge.enter(SondeBridge.attached(listener));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The same, of the end. A deadline may look like a cancellation until the caller is told. */
  static final class Closed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.This Object listener,
        @Advice.FieldValue("this$0") Object call,
        @Advice.Argument(0) Status status,
        @Advice.Local("scope") Object scope) {
      if (status.getCode() != Status.Code.CANCELLED) {
        SondeBridge.grpcFinished(
            SondeBridge.detached(call), status.getCode().value(), status.getCause());
      }
      scope = SondeBridge.enter(SondeBridge.detached(listener));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The caller is told; this is the end of what was cancelled, or never had a stream. */
  static final class Told {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object call, @Advice.Argument(1) Status status) {
      SondeBridge.grpcFinished(
          SondeBridge.detached(call), status.getCode().value(), status.getCause());
    }
  }
}
