// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AttributeKey;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hooks of Netty's HTTP/1.1 codecs; the package's comment has the picture. */
public final class NettyHttpInstrumentation implements Instrumentation {

  /** Of what is recorded, whatever is built on Netty. */
  static final String LIBRARY = "netty";

  /**
   * Attribute of a server's channel: requests that are not answered yet, oldest first. Two elements
   * each: the method, from the response's head on the status; the exchange.
   */
  public static final String SERVER = "io.sonde.server";

  /**
   * Attribute of a client's channel: requests whose response is not complete, oldest first. Each
   * has what the caller served ({@code FALSE}: nothing), the exchange, and from the response's head
   * on the status. In front of them, until the response's end was handed to the handlers: {@code
   * TRUE} and what its caller served.
   */
  static final String CLIENT = "io.sonde.client";

  /**
   * Attribute of the channel of an HTTP/2 connection: by their number, the streams of which an
   * exchange is recorded. Each has the exchange (a client's that is over: null), what a client's
   * caller served, and from the response's head on the status.
   */
  public static final String STREAMS = "io.sonde.streams";

  private static final String DECODER = "io.netty.handler.codec.http.HttpObjectDecoder";
  private static final String ENCODER = "io.netty.handler.codec.http.HttpObjectEncoder";
  private static final String MESSAGES = "io.netty.handler.codec.ByteToMessageDecoder";

  /** Writes headers by itself; calls the encoder's method otherwise. */
  private static final String VERTX = "io.vertx.core.http.impl.VertxHttpResponseEncoder";

  private static final String HTTP2_DECODER =
      "io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder$FrameReadListener";
  private static final String HTTP2_ENCODER =
      "io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder";
  private static final String HTTP2 = "io.netty.handler.codec.http2.Http2ConnectionHandler";

  /** The same in later ones of Vert.x 5. */
  private static final String VERTX5 = "io.vertx.core.http.impl.http1.VertxHttpResponseEncoder";

  private static final String CONTEXT = "io.netty.channel.AbstractChannelHandlerContext";
  private static final String PIPELINE = "io.netty.channel.DefaultChannelPipeline";

  @Override
  public String name() {
    return "netty-http";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        DECODER,
        ENCODER,
        VERTX,
        VERTX5,
        MESSAGES,
        HTTP2_DECODER,
        HTTP2_ENCODER,
        HTTP2,
        CONTEXT,
        PIPELINE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case DECODER:
        hooks
            .advise(named("decode").and(takesArguments(3)), NettyServerAdvice.Request.class)
            .advise(named("decode").and(takesArguments(3)), NettyClientAdvice.Response.class)
            .advise(named("decodeLast").and(takesArguments(3)), NettyClientAdvice.Response.class);
        break;
      case ENCODER:
        hooks
            .advise(named("encode").and(takesArguments(3)), NettyServerAdvice.Response.class)
            .advise(named("encode").and(takesArguments(3)), NettyClientAdvice.Request.class)
            .advise(named("encodeHeaders").and(takesArguments(2)), HeadersAdvice.class);
        break;
      case VERTX:
      case VERTX5:
        hooks.advise(named("encodeHeaders").and(takesArguments(2)), HeadersAdvice.class);
        break;
      case MESSAGES:
        hooks
            .advise(
                named("fireChannelRead")
                    .and(takesArguments(3))
                    .and(takesArgument(1, named("io.netty.handler.codec.CodecOutputList"))),
                ReadAdvice.class)
            .advise(named("channelInactive").and(takesArguments(1)), ClosedAdvice.class);
        break;
      case HTTP2_DECODER:
        hooks
            .advise(
                named("onHeadersRead").and(takesArguments(8)), NettyHttp2Advice.HeadersRead.class)
            .advise(named("onDataRead").and(takesArguments(5)), NettyHttp2Advice.DataRead.class);
        break;
      case HTTP2_ENCODER:
        hooks.advise(
            named("writeHeaders0").and(takesArguments(10)), NettyHttp2Advice.HeadersWrite.class);
        break;
      case HTTP2:
        hooks
            .advise(named("closeStreamLocal").and(takesArguments(2)), NettyHttp2Advice.Sent.class)
            .advise(
                named("closeStream").and(takesArguments(2)), NettyHttp2Advice.StreamClosed.class)
            .advise(
                named("channelInactive").and(takesArguments(1)),
                NettyHttp2Advice.ConnectionClosed.class);
        break;
      case PIPELINE:
        hooks.advise(
            named("onUnhandledInboundException").and(takesArguments(Throwable.class)),
            NettyServerAdvice.Unhandled.class);
        break;
      default:
        hooks
            .advise(
                named("invokeExceptionCaught").and(takesArguments(Throwable.class)),
                FailAdvice.class)
            .advise(
                named("invokeExceptionCaught").and(takesArguments(Throwable.class)),
                NettyHttp2Advice.Fail.class);
    }
  }

  /**
   * The head is written, its last line is not: the message's own headers stay as they are, since
   * applications share them among messages. Trailers follow the last chunk, {@code 0}.
   */
  static final class HeadersAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) HttpHeaders headers, @Advice.Argument(1) ByteBuf head) {
      Object exchange = SondeBridge.current();
      if (exchange == null || head.getByte(head.readerIndex()) == '0') {
        return;
      }
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        byte[] nameBytes = SondeBridge.headerNameBytes(exchange, i);
        byte[] value = SondeBridge.headerValueBytes(exchange, i);
        if (nameBytes != null && value != null && !headers.contains(name)) {
          head.writeBytes(nameBytes).writeShort((':' << 8) | ' ');
          head.writeBytes(value).writeShort(('\r' << 8) | '\n');
        }
      }
      // Once a head, where one class's method calls another's. The encoder's exit restores.
      SondeBridge.enter(null);
    }
  }

  /** The handlers get what was decoded, never of more than one message: it is its last or first. */
  static final class ReadAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) ChannelHandlerContext context, @Advice.Local("scope") Object scope) {
      Channel channel = context.channel();
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(SERVER);
      Object serves = null;
      if (channel.hasAttr(key)) {
        serves = channel.attr(key).get().peekLast();
      }
      key = AttributeKey.valueOf(CLIENT);
      if (serves == null && channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        serves = requests.peekFirst();
        if (serves == Boolean.TRUE) {
          requests.pollFirst();
          serves = requests.pollFirst();
        }
      }
      if (serves == null) {
        return false;
      }
      scope = SondeBridge.enter(serves == Boolean.FALSE ? null : serves);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The connection is closed, and the handlers know: what is not complete never will be. */
  static final class ClosedAdvice {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) ChannelHandlerContext context) {
      Channel channel = context.channel();
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(SERVER);
      if (channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        Object state;
        while ((state = requests.pollFirst()) != null) {
          Object exchange = requests.pollFirst();
          if (exchange != Boolean.FALSE) {
            // A status's hash is its code; its class is of a module that need not be there.
            boolean answering = state.getClass().getSimpleName().equals("HttpResponseStatus");
            SondeBridge.finished(exchange, answering ? state.hashCode() : 0, null);
          }
        }
      }
      key = AttributeKey.valueOf(CLIENT);
      if (channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        if (requests.peekFirst() == Boolean.TRUE) {
          requests.pollFirst();
          requests.pollFirst();
        }
        boolean answering = requests.size() % 2 == 1; // the oldest has a status
        while (requests.pollFirst() != null) {
          Object exchange = requests.pollFirst();
          if (answering) {
            requests.pollFirst();
            answering = false;
          }
          if (exchange != Boolean.FALSE) {
            SondeBridge.finished(exchange, 0, new ClosedChannelException());
          }
        }
      }
    }
  }

  /** A handler has thrown, or the connection has failed. */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This ChannelHandlerContext context, @Advice.Argument(0) Throwable thrown) {
      Channel channel = context.channel();
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(SERVER);
      if (channel.hasAttr(key)) {
        Object exchange = SondeBridge.current();
        if (exchange != null && channel.attr(key).get().contains(exchange)) {
          SondeBridge.failed(exchange, thrown);
        }
      }
      key = AttributeKey.valueOf(CLIENT);
      if (channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        Object caller = requests.pollFirst();
        if (caller != null) {
          Object exchange = requests.peekFirst();
          requests.addFirst(caller);
          if (caller != Boolean.TRUE && exchange != Boolean.FALSE) {
            SondeBridge.failed(exchange, thrown);
          }
        }
      }
    }
  }
}
