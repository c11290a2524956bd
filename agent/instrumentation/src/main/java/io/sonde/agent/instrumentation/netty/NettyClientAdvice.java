// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.collection.IntObjectHashMap;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** What of the codecs' advice is about clients. */
final class NettyClientAdvice {

  private NettyClientAdvice() {}

  /** A request's head is encoded, on the channel's thread. */
  static final class Request {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) Object message,
        @Advice.Local("scope") Object scope,
        @Advice.Local("started") Object started) {
      if (!(message instanceof HttpRequest)) {
        return false;
      }
      HttpRequest request = (HttpRequest) message;
      Channel channel = context.channel();
      Object caller = SondeBridge.current();
      Object exchange = null;
      // CONNECT is a proxy's affair: the request it is for follows, inside.
      if (!HttpMethod.CONNECT.equals(request.method())
          && "HTTP".equals(request.protocolVersion().protocolName())) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        int port = -1;
        int colon = host == null ? -1 : host.lastIndexOf(':');
        if (colon > 0 && colon > host.lastIndexOf(']')) {
          try {
            port = Integer.parseInt(host.substring(colon + 1));
          } catch (NumberFormatException e) {
            // The application's affair.
          }
          host = host.substring(0, colon);
        }
        SocketAddress remote = channel.remoteAddress();
        if (remote instanceof InetSocketAddress) {
          port = port < 0 ? ((InetSocketAddress) remote).getPort() : port;
          host = host == null ? ((InetSocketAddress) remote).getHostString() : host;
        }
        String path = request.uri();
        int mark = path.indexOf('?');
        path = mark < 0 ? path : path.substring(0, mark);
        int authority = path.startsWith("/") ? -1 : path.indexOf("://");
        if (authority >= 0) {
          int slash = path.indexOf('/', authority + 3);
          path = slash < 0 ? "/" : path.substring(slash);
        }
        exchange =
            SondeBridge.clientStarted(
                NettyHttpInstrumentation.LIBRARY, request.method().name(), host, port, path);
      }
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.CLIENT);
      if (exchange != null || channel.hasAttr(key)) {
        ArrayDeque<Object> requests = channel.attr(key).get();
        if (requests == null) {
          requests = new ArrayDeque<>(4);
          channel.attr(key).set(requests);
        }
        // One that is not recorded has its place, too, so that responses find their own.
        requests.addLast(caller == null ? Boolean.FALSE : caller);
        requests.addLast(exchange == null ? Boolean.FALSE : exchange);
      }
      started = exchange;
      scope = SondeBridge.enter(exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Enter boolean head,
        @Advice.Local("scope") Object scope,
        @Advice.Local("started") Object started,
        @Advice.Thrown Throwable thrown) {
      if (!head) {
        return;
      }
      SondeBridge.leave(scope);
      if (started != null && (thrown != null || !context.channel().isActive())) {
        AttributeKey<ArrayDeque<Object>> key =
            AttributeKey.valueOf(NettyHttpInstrumentation.CLIENT);
        ArrayDeque<Object> requests = context.channel().attr(key).get();
        requests.pollLast();
        requests.pollLast();
        SondeBridge.finished(started, 0, thrown == null ? new ClosedChannelException() : thrown);
      }
    }
  }

  /** Parts of a response are decoded, never of more than one: the oldest request's. */
  static final class Response {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter(@Advice.Argument(2) List<?> decoded) {
      return decoded.size();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter long before,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(2) List<?> decoded) {
      if (decoded.size() <= before) {
        return;
      }
      AttributeKey<ArrayDeque<Object>> key = AttributeKey.valueOf(NettyHttpInstrumentation.CLIENT);
      if (!context.channel().hasAttr(key)) {
        return;
      }
      ArrayDeque<Object> requests = context.channel().attr(key).get();
      for (int i = (int) before; i < decoded.size() && requests.size() >= 2; i++) {
        Object message = decoded.get(i);
        boolean head = message instanceof HttpResponse;
        if (!head && !(message instanceof LastHttpContent)) {
          continue;
        }
        if (requests.peekFirst() == Boolean.TRUE) {
          requests.pollFirst();
          requests.pollFirst();
          if (requests.isEmpty()) {
            return;
          }
        }
        Object caller = requests.pollFirst();
        Object exchange = requests.pollFirst();
        HttpResponseStatus status = null;
        if (head) {
          status = ((HttpResponse) message).status();
          if (status.code() / 100 == 1 && status.code() != 101) {
            status = null; // the response is still to come
          }
        } else if (requests.peekFirst() instanceof HttpResponseStatus) {
          status = (HttpResponseStatus) requests.pollFirst();
        }
        if (status != null && (message instanceof LastHttpContent || status.code() == 101)) {
          Throwable failure = null;
          if (message instanceof LastHttpContent) {
            failure = ((LastHttpContent) message).decoderResult().cause();
          }
          if (exchange != Boolean.FALSE
              && status.code() == 101
              && ((HttpResponse) message)
                  .headers()
                  .contains(HttpHeaderNames.UPGRADE, "h2c", true)) {
            AttributeKey<IntObjectHashMap<Object[]>> streams =
                AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
            context.channel().attr(streams).set(new IntObjectHashMap<>());
            Object served = caller == Boolean.FALSE ? null : caller;
            context.channel().attr(streams).get().put(1, new Object[] {exchange, served, null});
          } else if (exchange != Boolean.FALSE) {
            SondeBridge.finished(exchange, status.code() == 999 ? 0 : status.code(), failure);
          }
          requests.addFirst(caller);
          requests.addFirst(Boolean.TRUE);
        } else {
          if (status != null) {
            requests.addFirst(status);
          }
          requests.addFirst(exchange);
          requests.addFirst(caller);
        }
      }
    }
  }
}
