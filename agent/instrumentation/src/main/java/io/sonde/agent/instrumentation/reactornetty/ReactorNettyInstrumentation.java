// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AttributeKey;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientState;

/** What Reactor Netty needs beside Netty's codecs; see the package's description. */
public final class ReactorNettyInstrumentation implements Instrumentation {

  private static final String CALL =
      "reactor.netty.http.client.HttpClientConnect$HttpClientHandler";
  private static final String WRITES =
      "reactor.netty.http.client.HttpClientConnect$HttpIOHandlerObserver";
  private static final String PIPELINED = "reactor.netty.http.server.HttpTrafficHandler";
  private static final String SERVED = "reactor.netty.http.server.HttpServerOperations";

  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CALL, WRITES, PIPELINED, SERVED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case CALL:
        hooks
            .advise(isConstructor(), CallAdvice.class)
            .advise(named("test").and(takesArguments(Throwable.class)), AgainAdvice.class);
        break;
      case WRITES:
        hooks.advise(named("onStateChange").and(takesArguments(2)), WriteAdvice.class);
        break;
      case PIPELINED:
        hooks.advise(named("run").and(takesArguments(0)), PipelinedAdvice.class);
        break;
      default:
        hooks.advise(
            named("onOutboundError").and(takesArguments(Throwable.class)), FailAdvice.class);
    }
  }

  /** A call is subscribed to, on the caller's thread. */
  static final class CallAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object call) {
      SondeBridge.attach(call, SondeBridge.current());
    }
  }

  /** The call is made again, for a redirect: on the thread that got it, for the same caller. */
  static final class AgainAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object call, @Advice.Return boolean again) {
      if (again) {
        SondeBridge.attach(call, SondeBridge.current());
      }
    }
  }

  /** A connection was found or made, by whatever thread; when configured, it gets the request. */
  static final class WriteAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("handler") Object call,
        @Advice.Argument(1) ConnectionObserver.State state,
        @Advice.Local("scope") Object scope) {
      if (state != ConnectionObserver.State.CONFIGURED
          && state != HttpClientState.STREAM_CONFIGURED) {
        return false;
      }
      scope = SondeBridge.enter(SondeBridge.detached(call));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The next of the pipelined requests, which were read before, in the task of the one before. */
  static final class PipelinedAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("ctx") ChannelHandlerContext context,
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

  /** What the handler returned has failed; the server answers 500, or closes the connection. */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Connection served, @Advice.Argument(0) Throwable thrown) {
      Channel channel = served.channel();
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.SERVER);
      AttributeKey<?> streams = AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      if (channel.parent() != null && channel.parent().hasAttr(streams)) {
        SondeBridge.failed(SondeBridge.current(), thrown); // HTTP/2: a channel for each request
      } else if (channel.eventLoop().inEventLoop() && channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        Object method = requests.pollFirst();
        Object exchange = requests.peekFirst();
        if (method != null) {
          requests.addFirst(method);
        }
        if (exchange != null && exchange != Boolean.FALSE) {
          SondeBridge.failed(exchange, thrown);
        }
      }
    }
  }
}
