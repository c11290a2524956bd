// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Serves the test application with nothing but Netty, and some ways to answer of its own. */
final class NettyTestServer {

  /** What connections' threads served when they were closed: {@code nothing} is right. */
  final BlockingQueue<String> servedAtEnd = new LinkedBlockingQueue<>();

  /** One object for all, as fast servers have it. */
  private final FullHttpResponse shared = full(HttpResponseStatus.OK, "shared");

  private final NioEventLoopGroup loops = new NioEventLoopGroup(2);
  private final EventExecutorGroup workers;
  private final Channel listener;

  /** Answers on the channel's event loop, or in another group of threads. */
  NettyTestServer(boolean onWorkers) throws InterruptedException {
    workers = onWorkers ? new DefaultEventExecutorGroup(1) : null;
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new HttpServerCodec());
                    channel.pipeline().addLast(new HttpObjectAggregator(1 << 20));
                    channel.pipeline().addLast(workers, new Handler());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  void close() throws InterruptedException {
    listener.close().sync();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    if (workers != null) {
      workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static FullHttpResponse full(HttpResponseStatus status, String body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HTTP_1_1, status, Unpooled.copiedBuffer(body, UTF_8));
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    return response;
  }

  /** Of what the handler does nothing about. */
  static final class Unhandled extends Exception {}

  private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private boolean held;

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      String path = new QueryStringDecoder(request.uri()).path();
      if (held) {
        held = false;
        answer(context, "/created", HttpMethod.GET);
      }
      if (request.decoderResult().isFailure()) {
        context
            .writeAndFlush(full(HttpResponseStatus.BAD_REQUEST, "bad"))
            .addListener(ChannelFutureListener.CLOSE);
      } else if (request.method().equals(HttpMethod.CONNECT)) {
        context.writeAndFlush(new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK));
      } else if (path.equals("/async")) {
        answerLater(context);
      } else if (path.equals("/hold")) {
        held = true;
      } else if (path.equals("/chunks")) {
        answerInParts(context);
      } else if (path.equals("/shared")) {
        context.writeAndFlush(shared.retainedDuplicate());
      } else if (path.equals("/upgrade")) {
        HttpResponse switching =
            new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        switching.headers().set(HttpHeaderNames.UPGRADE, "x");
        context.writeAndFlush(switching);
      } else if (path.equals("/unhandled")) {
        throw new Unhandled();
      } else if (path.equals("/begun")) {
        HttpResponse head = new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.ACCEPTED);
        head.headers().set(HttpHeaderNames.CONTENT_LENGTH, 2);
        context.writeAndFlush(head);
        throw new Unhandled();
      } else if (path.equals("/close")) {
        context.close();
      } else {
        answer(context, path, request.method());
      }
    }

    private static void answer(ChannelHandlerContext context, String path, HttpMethod method) {
      Answer answer = TestApplication.answer(path);
      FullHttpResponse response =
          full(
              HttpResponseStatus.valueOf(answer.status()),
              method.equals(HttpMethod.HEAD) ? "" : answer.body());
      answer.headers().forEach(response.headers()::set);
      context.writeAndFlush(response);
    }

    private static void answerLater(ChannelHandlerContext context) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  Thread.sleep(TestApplication.ASYNC_MILLIS);
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                answer(context, "/async", HttpMethod.GET);
              });
      thread.start();
    }

    /** After an interim response; with a trailer. */
    private static void answerInParts(ChannelHandlerContext context) {
      context.write(
          new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.valueOf(103, "Early Hints")));
      HttpResponse head = new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.ACCEPTED);
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      context.write(head);
      context.write(new DefaultHttpContent(Unpooled.copiedBuffer("one", UTF_8)));
      LastHttpContent last = new DefaultLastHttpContent();
      last.trailingHeaders().set("X-Trailer", "t");
      context.executor().schedule(() -> context.writeAndFlush(last), 50, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      servedAtEnd.add(SondeBridge.current() == null ? "nothing" : "something");
      super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof Unhandled) {
        context.fireExceptionCaught(cause);
        return;
      }
      context.writeAndFlush(full(HttpResponseStatus.INTERNAL_SERVER_ERROR, "oops"));
    }
  }
}
