// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Serves the test application over HTTP/2 in clear text, upgraded to or not, with a channel for
 * each stream, and some ways to answer of its own.
 */
final class Http2TestServer {

  /** One object for all. */
  private static final Http2Headers SHARED = new DefaultHttp2Headers().status("200");

  private final NioEventLoopGroup loops = new NioEventLoopGroup(2);
  private final Channel listener;

  Http2TestServer() throws InterruptedException {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    HttpServerCodec codec = new HttpServerCodec();
                    channel
                        .pipeline()
                        .addLast(
                            new CleartextHttp2ServerUpgradeHandler(
                                codec,
                                new HttpServerUpgradeHandler(
                                    codec, Http2TestServer::upgrade, 1 << 20),
                                new ChannelInitializer<Channel>() {
                                  @Override
                                  protected void initChannel(Channel direct) {
                                    direct.pipeline().addLast(frames(), streams());
                                  }
                                }));
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
  }

  private static HttpServerUpgradeHandler.UpgradeCodec upgrade(CharSequence protocol) {
    return AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
        ? new Http2ServerUpgradeCodec(frames(), streams())
        : null;
  }

  private static Http2FrameCodec frames() {
    return Http2FrameCodecBuilder.forServer().build();
  }

  private static ChannelHandler streams() {
    return new Http2MultiplexHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new Handler());
          }
        });
  }

  private static final class Handler extends ChannelInboundHandlerAdapter {

    private String path = "";

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) throws Exception {
      try {
        boolean last = false;
        if (frame instanceof Http2HeadersFrame) {
          Http2HeadersFrame head = (Http2HeadersFrame) frame;
          path = head.headers().path().toString().split("\\?")[0];
          last = head.isEndStream();
        } else if (frame instanceof Http2DataFrame) {
          last = ((Http2DataFrame) frame).isEndStream();
        }
        if (last) {
          serve(context);
        }
      } finally {
        ReferenceCountUtil.release(frame);
      }
    }

    private void serve(ChannelHandlerContext context) {
      switch (path) {
        case "/never":
          break;
        case "/async":
          context
              .executor()
              .schedule(
                  () -> answer(context, path), TestApplication.ASYNC_MILLIS, TimeUnit.MILLISECONDS);
          break;
        case "/shared":
          context.writeAndFlush(new DefaultHttp2HeadersFrame(SHARED, true));
          break;
        case "/reset":
          context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
          break;
        case "/drop":
          context.channel().parent().close();
          break;
        case "/chunks":
          answerInParts(context);
          break;
        default:
          answer(context, path);
      }
    }

    private static void answer(ChannelHandlerContext context, String path) {
      send(context, TestApplication.answer(path));
    }

    private static void send(ChannelHandlerContext context, Answer answer) {
      Http2Headers headers = new DefaultHttp2Headers().status(Integer.toString(answer.status()));
      answer.headers().forEach((name, value) -> headers.set(name.toLowerCase(Locale.ROOT), value));
      context.write(new DefaultHttp2HeadersFrame(headers));
      context.writeAndFlush(
          new DefaultHttp2DataFrame(Unpooled.copiedBuffer(answer.body(), UTF_8), true));
    }

    private static void answerInParts(ChannelHandlerContext context) {
      context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("103")));
      context.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("202")));
      context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer("one", UTF_8), false));
      Http2Headers trailers = new DefaultHttp2Headers().set("x-trailer", "t");
      context
          .executor()
          .schedule(
              () -> context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true)),
              50,
              TimeUnit.MILLISECONDS);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof TestApplication.Boom) {
        send(context, new Answer(500, "oops", Map.of()));
      }
    }
  }
}
