// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import io.netty.util.collection.IntObjectHashMap;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import net.bytebuddy.asm.Advice;

/**
 * Of HTTP/2's connections, whose streams' state lies in the channel's attribute {@link
 * NettyHttpInstrumentation#STREAMS}.
 */
final class NettyHttp2Advice {

  /** Of a handler whose calls are seen above it: with its methods' names and its own end. */
  static final String GRPC_CLIENT = "io.grpc.netty.NettyClientHandler";

  /** Of the headers of gRPC, which can only be read, and only in part; it has written ours. */
  static final String GRPC_HEADERS = "io.grpc.netty.GrpcHttp2OutboundHeaders";

  private NettyHttp2Advice() {}

  /** Headers have come: of a request, or of a response, or trailers. */
  static final class HeadersRead {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("this$0") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int id,
        @Advice.Argument(2) Http2Headers headers,
        @Advice.Argument(7) boolean last,
        @Advice.Local("scope") Object scope,
        @Advice.Local("started") Object started) {
      Channel channel = context.channel();
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      IntObjectHashMap<Object[]> streams = channel.hasAttr(key) ? channel.attr(key).get() : null;
      Object[] stream = streams == null ? null : streams.get(id);
      if (stream != null) {
        Object serves = stream[0];
        if (!decoder.connection().isServer()) {
          serves = stream[1];
          HttpResponseStatus status = null;
          if (headers.status() != null) {
            status = HttpResponseStatus.parseLine(headers.status());
            stream[2] = status.code() / 100 == 1 ? null : status; // 1xx: it is still to come
          }
          if (last && stream[0] != null) {
            status = (HttpResponseStatus) stream[2];
            SondeBridge.finished(stream[0], status == null ? 0 : status.code(), null);
            stream[0] = null;
          }
        }
        scope = SondeBridge.enter(serves);
        return true;
      }
      if (!decoder.connection().isServer() || decoder.connection().stream(id) != null) {
        return false;
      }
      CharSequence method = headers.method();
      if (method == null || "CONNECT".contentEquals(method)) {
        return false;
      }
      Object exchange = SondeBridge.serverStarted(NettyHttpInstrumentation.LIBRARY);
      if (exchange == null) {
        return false;
      }
      if (streams == null) {
        streams = new IntObjectHashMap<>();
        channel.attr(key).set(streams);
      }
      streams.put(id, new Object[] {exchange, null, null});
      started = exchange;
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        CharSequence name = names[i].toLowerCase(Locale.ROOT);
        if (!(headers instanceof DefaultHttp2Headers)) {
          name = new AsciiString(name); // gRPC's take nothing else
        }
        CharSequence value = headers.get(name);
        i = SondeBridge.requestHeader(exchange, i, value == null ? null : value.toString());
      }
      String path = headers.path() == null ? "" : headers.path().toString();
      String query = null;
      int mark = path.indexOf('?');
      if (mark >= 0) {
        query = path.substring(mark + 1);
        path = path.substring(0, mark);
      }
      path = SondeBridge.decoded(path);
      SocketAddress remote = channel.remoteAddress();
      String peer = null;
      if (remote instanceof InetSocketAddress
          && ((InetSocketAddress) remote).getAddress() != null) {
        peer = ((InetSocketAddress) remote).getAddress().getHostAddress();
      }
      SondeBridge.serverRequest(exchange, method.toString(), path, query, peer);
      scope = SondeBridge.enter(exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("this$0") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int id,
        @Advice.Enter boolean entered,
        @Advice.Local("scope") Object scope,
        @Advice.Local("started") Object started,
        @Advice.Thrown Throwable thrown) {
      if (!entered) {
        return;
      }
      SondeBridge.leave(scope);
      if (started != null && decoder.connection().stream(id) == null) {
        AttributeKey<IntObjectHashMap<Object[]>> key =
            AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
        Object[] stream = context.channel().attr(key).get().remove(id);
        if (stream != null) { // refused: it was never opened, so it is not closed
          SondeBridge.finished(started, 0, thrown);
        }
      }
    }
  }

  /** A part of a body has come. */
  static final class DataRead {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("this$0") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int id,
        @Advice.Argument(4) boolean last,
        @Advice.Local("scope") Object scope) {
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      if (!context.channel().hasAttr(key)) {
        return false;
      }
      Object[] stream = context.channel().attr(key).get().get(id);
      if (stream == null) {
        return false;
      }
      Object serves = stream[0];
      if (!decoder.connection().isServer()) {
        serves = stream[1];
        if (last && stream[0] != null) {
          HttpResponseStatus status = (HttpResponseStatus) stream[2];
          SondeBridge.finished(stream[0], status == null ? 0 : status.code(), null);
          stream[0] = null;
        }
      }
      scope = SondeBridge.enter(serves);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** Headers are sent: of a request, or of a response, or trailers. */
  static final class HeadersWrite {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("connection") Http2Connection connection,
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int id,
        @Advice.Argument(value = 2, readOnly = false) Http2Headers headers) {
      Channel channel = context.channel();
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      IntObjectHashMap<Object[]> streams = channel.hasAttr(key) ? channel.attr(key).get() : null;
      Object[] stream = streams == null ? null : streams.get(id);
      Object exchange = null;
      Object started = null;
      if (connection.isServer()) {
        CharSequence code = stream == null || stream[2] != null ? null : headers.status();
        HttpResponseStatus status = code == null ? null : HttpResponseStatus.parseLine(code);
        if (status != null && status.code() / 100 != 1) {
          stream[2] = status;
          exchange = stream[0];
        }
      } else if (stream == null && !GRPC_CLIENT.equals(context.handler().getClass().getName())) {
        CharSequence method = headers.method();
        if (method != null && !"CONNECT".contentEquals(method)) {
          SocketAddress remote = channel.remoteAddress();
          String host = headers.authority() == null ? null : headers.authority().toString();
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
          if (remote instanceof InetSocketAddress) {
            port = port < 0 ? ((InetSocketAddress) remote).getPort() : port;
            host = host == null ? ((InetSocketAddress) remote).getHostString() : host;
          }
          String path = headers.path() == null ? "" : headers.path().toString();
          int mark = path.indexOf('?');
          exchange =
              SondeBridge.clientStarted(
                  NettyHttpInstrumentation.LIBRARY,
                  method.toString(),
                  host,
                  port,
                  mark < 0 ? path : path.substring(0, mark));
          started = exchange;
        }
        if (exchange != null) {
          if (streams == null) {
            streams = new IntObjectHashMap<>();
            channel.attr(key).set(streams);
          }
          streams.put(id, new Object[] {exchange, SondeBridge.current(), null});
        }
      }
      if (exchange == null || GRPC_HEADERS.equals(headers.getClass().getName())) {
        return started;
      }
      Http2Headers own = null;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        name = name.toLowerCase(Locale.ROOT);
        if (!headers.contains(name)) {
          if (own == null) {
            own = new DefaultHttp2Headers(false, headers.size() + 4);
            own.add(headers);
          }
          own.add(name, SondeBridge.headerValue(exchange, i));
        }
      }
      if (own != null) {
        headers = own;
      }
      return started;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.Argument(1) int id,
        @Advice.Enter Object started,
        @Advice.Return ChannelFuture written,
        @Advice.Thrown Throwable thrown) {
      if (started == null || (thrown == null && (!written.isDone() || written.isSuccess()))) {
        return;
      }
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      context.channel().attr(key).get().remove(id);
      SondeBridge.finished(started, 0, thrown == null ? written.cause() : thrown);
    }
  }

  /** All that this side sends is sent: the end of what a server serves. */
  static final class Sent {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("decoder") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) Http2Stream closing,
        @Advice.Argument(1) ChannelFuture sent) {
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      if (!decoder.connection().isServer() || !sent.channel().hasAttr(key)) {
        return;
      }
      Object[] stream = sent.channel().attr(key).get().get(closing.id());
      if (stream != null && stream[2] != null) {
        SondeBridge.finished(stream[0], ((HttpResponseStatus) stream[2]).code(), null);
      }
    }
  }

  /** A stream is closed, by its two ends or by a reset. */
  static final class StreamClosed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("decoder") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) Http2Stream closing,
        @Advice.Argument(1) ChannelFuture done) {
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      if (!done.channel().hasAttr(key)) {
        return;
      }
      Object[] stream = done.channel().attr(key).get().remove(closing.id());
      if (stream == null || stream[0] == null) {
        return;
      }
      if (decoder.connection().isServer()) {
        HttpResponseStatus status = (HttpResponseStatus) stream[2];
        SondeBridge.finished(stream[0], status == null ? 0 : status.code(), null);
      } else {
        SondeBridge.finished(stream[0], 0, new ClosedChannelException());
      }
    }
  }

  /** The connection is closed, and the handlers know: what is not complete never will be. */
  static final class ConnectionClosed {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("decoder") Http2ConnectionDecoder decoder,
        @Advice.Argument(0) ChannelHandlerContext context) {
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      if (!context.channel().hasAttr(key)) {
        return;
      }
      for (Object[] stream : context.channel().attr(key).get().values()) {
        if (stream[0] == null) {
          continue;
        }
        if (decoder.connection().isServer()) {
          HttpResponseStatus status = (HttpResponseStatus) stream[2];
          SondeBridge.finished(stream[0], status == null ? 0 : status.code(), null);
        } else {
          SondeBridge.finished(stream[0], 0, new ClosedChannelException());
        }
      }
      context.channel().attr(key).get().clear();
    }
  }

  /** A handler has thrown; that of a stream's own channel, too. */
  static final class Fail {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This ChannelHandlerContext context, @Advice.Argument(0) Throwable thrown) {
      AttributeKey<IntObjectHashMap<Object[]>> key =
          AttributeKey.valueOf(NettyHttpInstrumentation.STREAMS);
      Channel channel = context.channel();
      if (!channel.hasAttr(key)) {
        channel = channel.parent();
      }
      Object exchange = SondeBridge.current();
      if (exchange == null || channel == null || !channel.hasAttr(key)) {
        return;
      }
      for (Object[] stream : channel.attr(key).get().values()) {
        if (stream[0] == exchange) {
          SondeBridge.failed(exchange, thrown);
        }
      }
    }
  }
}
