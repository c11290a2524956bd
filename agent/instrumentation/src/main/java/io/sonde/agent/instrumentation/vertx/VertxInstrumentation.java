// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AttributeKey;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.bridge.SondeBridge;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** What Vert.x needs beside Netty's codecs; see the package's description. */
public final class VertxInstrumentation implements Instrumentation {

  private static final String HANDLER = "io.vertx.core.net.impl.VertxHandler";
  private static final String CONNECTION = "io.vertx.core.http.impl.Http1xServerConnection";
  private static final String REQUEST = "io.vertx.core.http.impl.Http1xServerRequest";
  private static final String STREAM = "io.vertx.core.http.impl.Http2ServerStream";
  private static final String CONTEXT = "io.vertx.core.impl.ContextImpl";

  /** Connection, request and stream in later ones of 5. */
  private static final String CONNECTION5 = "io.vertx.core.http.impl.http1.Http1ServerConnection";

  private static final String REQUEST5 = "io.vertx.core.http.impl.http1.Http1ServerRequest";
  private static final String STREAM5 = "io.vertx.core.http.impl.http2.DefaultHttp2ServerStream";

  /** In 4.0, in later ones of 4 and in 5.0, in later ones of 5. */
  private static final String HTTP2_REQUEST40 = "io.vertx.core.http.impl.Http2ServerRequestImpl";

  private static final String HTTP2_REQUEST = "io.vertx.core.http.impl.Http2ServerRequest";
  private static final String HTTP2_REQUEST5 = "io.vertx.core.http.impl.HttpServerRequestImpl";

  /** Has the methods in Vert.x 4.0 to 4.2. */
  private static final String ABSTRACT = "io.vertx.core.impl.AbstractContext";

  /** In later ones of 4: default methods. */
  private static final String CONTEXT4 = "io.vertx.core.impl.ContextInternal";

  /** In 5; its subclass calls it. */
  private static final String BASE = "io.vertx.core.impl.ContextBase";

  private static final String CONTEXT5 = "io.vertx.core.internal.ContextInternal";

  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        HANDLER,
        CONNECTION,
        CONNECTION5,
        REQUEST,
        REQUEST5,
        HTTP2_REQUEST40,
        HTTP2_REQUEST,
        HTTP2_REQUEST5,
        STREAM,
        STREAM5,
        CONTEXT,
        ABSTRACT,
        CONTEXT4,
        BASE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case HANDLER:
        hooks.advise(named("channelRead").and(takesArguments(2)), ReadAdvice.class);
        break;
      case CONNECTION:
      case CONNECTION5:
        hooks.advise(named("handleNext").and(takesArguments(1)), NextAdvice.class);
        break;
      case REQUEST:
      case REQUEST5:
        hooks
            .adviseIfPresent(
                isConstructor().and(takesArgument(2, named(CONTEXT4))), Vertx4Advice.Request.class)
            .adviseIfPresent(
                isConstructor().and(takesArgument(2, named(CONTEXT5))), Vertx5Advice.Request.class);
        break;
      case HTTP2_REQUEST40:
      case HTTP2_REQUEST:
      case HTTP2_REQUEST5:
        hooks.advise(isConstructor(), RequestAdvice.class);
        break;
      case STREAM:
        hooks
            .adviseIfPresent(
                isConstructor().and(takesArgument(1, named(CONTEXT4))), Vertx4Advice.Stream.class)
            .adviseIfPresent(
                isConstructor().and(takesArgument(1, named(CONTEXT5))), Vertx5Advice.Stream.class);
        break;
      case STREAM5:
        hooks.advise(isConstructor().and(takesArguments(6)), Vertx5Advice.LaterStream.class);
        break;
      case CONTEXT:
        hooks.advise(
            named("reportException").and(takesArguments(Throwable.class)), FailAdvice.class);
        break;
      default:
        hooks
            .adviseIfPresent(
                named("beginDispatch").and(takesArguments(0)).and(returns(named(CONTEXT4))),
                Vertx4Advice.Begin.class)
            .adviseIfPresent(
                named("endDispatch").and(takesArgument(0, named(CONTEXT4))), Vertx4Advice.End.class)
            .adviseIfPresent(
                named("beginDispatch").and(takesArguments(0)).and(returns(named(CONTEXT5))),
                Vertx5Advice.Begin.class)
            .adviseIfPresent(
                named("endDispatch").and(takesArgument(0, named(CONTEXT5))),
                Vertx5Advice.End.class);
    }
  }

  /** Vert.x may queue the request before it makes its own of it, while it serves another. */
  static final class ReadAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Object message) {
      if (message instanceof HttpRequest) {
        SondeBridge.attach(message, SondeBridge.current());
      }
    }
  }

  /** A queued request is served in the stack of the response before; by 4.0 in no own context. */
  static final class NextAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("chctx") ChannelHandlerContext context,
        @Advice.Local("scope") Object scope) {
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.SERVER);
      if (!context.channel().hasAttr(key)) {
        return false;
      }
      ArrayDeque<Object> requests = context.channel().attr(key).get();
      Object method = requests.pollFirst();
      Object exchange = requests.peekFirst();
      if (method != null) {
        requests.addFirst(method);
      }
      scope = SondeBridge.enter(exchange == Boolean.FALSE ? null : exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** Of HTTP/2: made while the connection's decoder hands over the request. */
  static final class RequestAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object request) {
      SondeBridge.answerable(SondeBridge.current(), request);
    }
  }

  /**
   * A handler has thrown; the context's or Vert.x's own exception handler is told. With {@code
   * exceptions.recover} the caller gets a 500 afterwards, if it has got nothing yet.
   */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      SondeBridge.failed(SondeBridge.current(), thrown);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit() {
      Object request = SondeBridge.answerer(SondeBridge.current());
      if (request instanceof HttpServerRequest) {
        HttpServerResponse response = ((HttpServerRequest) request).response();
        if (!response.headWritten() && !response.ended()) {
          response.headers().clear(); // they were of another answer
          response.setStatusCode(500).end();
        }
      }
    }
  }
}
