// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A server of nothing but Netty, over HTTP/1.1. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws InterruptedException {
    Channel listener =
        new ServerBootstrap()
            .group(new NioEventLoopGroup(2))
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connection())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println("listening on " + ((InetSocketAddress) listener.localAddress()).getPort());
  }

  private static final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 16), new Application());
    }
  }

  private static final class Application extends SimpleChannelInboundHandler<FullHttpRequest> {

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      switch (new QueryStringDecoder(request.uri()).path()) {
        case "/hello":
          answer(context, HttpResponseStatus.OK, "hello");
          break;
        case "/boom":
          throw new IllegalStateException("boom");
        case "/async":
          context
              .executor()
              .schedule(
                  () -> answer(context, HttpResponseStatus.OK, "async"),
                  200,
                  TimeUnit.MILLISECONDS);
          break;
        default:
          answer(context, HttpResponseStatus.NOT_FOUND, "");
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
      answer(context, HttpResponseStatus.INTERNAL_SERVER_ERROR, "");
    }

    private static void answer(
        ChannelHandlerContext context, HttpResponseStatus status, String body) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
      context.writeAndFlush(response);
    }
  }
}
