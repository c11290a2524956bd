// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCounted;
import io.netty.util.collection.IntObjectHashMap;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** What of the codecs' advice is about servers. */
final class NettyServerAdvice {

  /** Netty's own words for a request line that it could not read. */
  static final String UNREADABLE = "/bad-request";

  private NettyServerAdvice() {}

  /** One call decodes one request's head at most. */
  static final class Request {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter(@Advice.Argument(2) List<?> decoded) {
      return decoded.size();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter long before,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(2) List<?> decoded) {
      if (decoded.size() <= before || !(decoded.get((int) before) instanceof HttpRequest)) {
        return;
      }
      HttpRequest request = (HttpRequest) decoded.get((int) before);
      if (!"HTTP".equals(request.protocolVersion().protocolName())) {
        return; // RTSP has the same classes
      }
      Channel channel = context.channel();
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.SERVER);
      Object exchange = SondeBridge.serverStarted(NettyHttpInstrumentation.LIBRARY);
      if (exchange == null) {
        if (channel.hasAttr(key) && !channel.attr(key).get().isEmpty()) {
          channel.attr(key).get().addLast(request.method());
          channel.attr(key).get().addLast(Boolean.FALSE); // so that responses find their own
        }
        return;
      }
      ArrayDeque<Object> requests = channel.attr(key).get();
      if (requests == null) {
        requests = new ArrayDeque<>(4);
        channel.attr(key).set(requests);
      }
      requests.addLast(request.method());
      requests.addLast(exchange);
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        i = SondeBridge.requestHeader(exchange, i, request.headers().get(names[i]));
      }
      String path = request.uri();
      String query = null;
      String method = request.method().name();
      if (request.decoderResult().isFailure() && UNREADABLE.equals(path)) {
        method = null;
        path = null;
      } else {
        int mark = path.indexOf('?');
        if (mark >= 0) {
          query = path.substring(mark + 1);
          path = path.substring(0, mark);
        }
        int authority = path.startsWith("/") ? -1 : path.indexOf("://");
        if (authority >= 0) {
          int slash = path.indexOf('/', authority + 3);
          path = slash < 0 ? "/" : path.substring(slash);
        }
        path = SondeBridge.decoded(path);
      }
      SocketAddress remote = channel.remoteAddress();
      String peer = null;
      if (remote instanceof InetSocketAddress
          && ((InetSocketAddress) remote).getAddress() != null) {
        peer = ((InetSocketAddress) remote).getAddress().getHostAddress();
      }
      SondeBridge.serverRequest(exchange, method, path, query, peer);
      if (SondeBridge.recovers()) {
        // Made here, since where it may be needed Netty need not have HTTP.
        HttpResponse answer =
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                Unpooled.EMPTY_BUFFER);
        answer.headers().set("content-length", "0");
        answer.headers().set("connection", "close");
        SondeBridge.answerable(exchange, answer);
      }
    }
  }

  /**
   * The pipeline's end: no handler has done anything about what one of them threw. Only the oldest
   * request can be answered, and only where its response has not begun.
   */
  static final class Unhandled {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ChannelPipeline pipeline) {
      Object exchange = SondeBridge.current();
      Object answer = SondeBridge.answerer(exchange);
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.SERVER);
      if (!(answer instanceof ReferenceCounted) || !pipeline.channel().hasAttr(key)) {
        return; // nothing, or what another library answers with
      }
      ArrayDeque<Object> requests = pipeline.channel().attr(key).get();
      Object state = requests.pollFirst();
      if (state == null) {
        return;
      }
      boolean oldest = requests.peekFirst() == exchange;
      requests.addFirst(state);
      if (oldest && state.getClass().getSimpleName().equals("HttpMethod")) {
        pipeline.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  /** A part of a response is encoded: the oldest request's. */
  static final class Response {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) Object message,
        @Advice.Local("scope") Object scope,
        @Advice.Local("ending") Object ending,
        @Advice.Local("status") long status) {
      boolean head = message instanceof HttpResponse;
      if (!head && !(message instanceof LastHttpContent)) {
        return false;
      }
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.SERVER);
      ArrayDeque<Object> requests = null;
      if (context.channel().hasAttr(key)) {
        requests = context.channel().attr(key).get();
      }
      Object serves = null;
      if (requests != null && !requests.isEmpty()) {
        HttpResponseStatus sent = head ? ((HttpResponse) message).status() : null;
        boolean interim = head && sent.code() / 100 == 1 && sent.code() != 101;
        if (head && !interim) {
          Object method = requests.pollFirst();
          serves = requests.peekFirst();
          boolean last =
              message instanceof LastHttpContent
                  || sent.code() == 101
                  || (method == HttpMethod.CONNECT && sent.code() / 100 == 2);
          boolean goesOn =
              sent.code() == 101
                  && serves != Boolean.FALSE
                  && ((HttpResponse) message)
                      .headers()
                      .contains(HttpHeaderNames.UPGRADE, "h2c", true);
          if (goesOn) {
            requests.pollFirst();
            AttributeKey<IntObjectHashMap<Object[]>> streams =
                AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
            context.channel().attr(streams).set(new IntObjectHashMap<>());
            context.channel().attr(streams).get().put(1, new Object[] {serves, null, null});
          } else if (last) {
            requests.pollFirst();
            ending = serves;
            status = sent.code();
          } else {
            requests.addFirst(sent);
          }
        } else if (!head && requests.peekFirst() instanceof HttpResponseStatus) {
          status = ((HttpResponseStatus) requests.pollFirst()).code();
          ending = requests.pollFirst();
        }
      }
      if (head) {
        scope = SondeBridge.enter(serves == Boolean.FALSE ? null : serves);
      }
      return head;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter boolean head,
        @Advice.Local("scope") Object scope,
        @Advice.Local("ending") Object ending,
        @Advice.Local("status") long status,
        @Advice.Thrown Throwable thrown) {
      if (head) {
        SondeBridge.leave(scope);
      }
      if (ending != null && ending != Boolean.FALSE) {
        SondeBridge.finished(ending, (int) status, thrown);
      }
    }
  }
}
