// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes from another thread than the channel's; each call on a connection of its own. */
class NettyClientTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new NettyHttpInstrumentation(), new NettyEventLoopInstrumentation());

  private static final NioEventLoopGroup loops = new NioEventLoopGroup(1);

  /** What the thread served that handed over each response. */
  private final BlockingQueue<Object> servedAtResponse = new LinkedBlockingQueue<>();

  @AfterAll
  static void stopLoops() throws Exception {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  /** A connection, and nothing that knows of requests. */
  @Override
  protected boolean seesConnecting() {
    return false;
  }

  @Override
  protected boolean beginsOnCallersThread() {
    return false;
  }

  /** Nothing in Netty follows them: the test does. */
  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    CompletableFuture<Result> result = new CompletableFuture<>();
    CompletableFuture<String> location = new CompletableFuture<>();
    Channel channel = connect(uri, result, location);
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(method),
            uri.getRawQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getRawQuery(),
            Unpooled.copiedBuffer(body == null ? "" : body, UTF_8));
    request.headers().set("Host", uri.getHost() + ":" + uri.getPort());
    if (body != null) {
      request.headers().set("Content-Length", request.content().readableBytes());
    }
    headers.forEach(request.headers()::set);
    channel.writeAndFlush(request);
    try {
      Result answer = result.get(10, TimeUnit.SECONDS);
      return answer.status() / 100 == 3
          ? call(method, uri.resolve(location.get()), headers, body)
          : answer;
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      channel.close().sync();
    }
  }

  private Channel connect(URI uri, CompletableFuture<Result> result, CompletableFuture<String> to)
      throws InterruptedException {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpClientCodec());
                channel.pipeline().addLast(new HttpObjectAggregator(1 << 20));
                channel.pipeline().addLast(new Handler(result, to));
              }
            })
        .connect(uri.getHost(), uri.getPort())
        .sync()
        .channel();
  }

  private final class Handler extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final CompletableFuture<Result> result;
    private final CompletableFuture<String> location;

    Handler(CompletableFuture<Result> result, CompletableFuture<String> location) {
      this.result = result;
      this.location = location;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      Object current = SondeBridge.current();
      servedAtResponse.add(current == null ? "nothing" : current);
      location.complete(response.headers().get("Location"));
      result.complete(new Result(response.status().code(), response.content().toString(UTF_8)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      result.completeExceptionally(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      result.completeExceptionally(new IOException("closed"));
    }
  }

  @Test
  void goesOnForItsCallerWhenTheResponseIsThere() throws Exception {
    Exchange parent = sonde.serving(() -> get("/hello"));
    get("/hello");

    assertThat(servedAtResponse.take()).isSameAs(parent);
    assertThat(servedAtResponse.take()).isEqualTo("nothing");
    sonde.nextExchange();
    sonde.nextExchange();
    sonde.nextExchange();
  }

  @Test
  void tellsPipelinedRequestsApart() throws Exception {
    Channel channel = connect(uri("/"), new CompletableFuture<>(), new CompletableFuture<>());
    FullHttpRequest missing =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/missing");
    FullHttpRequest hello =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.HEAD, "/empty");
    channel.write(missing);
    channel.writeAndFlush(hello).sync();

    Exchange first = sonde.nextExchange();
    assertThat(first.path()).isEqualTo("/missing");
    assertThat(first.status()).isEqualTo(404);
    assertThat(first.peerHost()).isIn("127.0.0.1", "localhost");
    assertThat(first.peerPort()).isEqualTo(server().port());
    Exchange second = sonde.nextExchange();
    assertThat(second.path()).isEqualTo("/empty");
    assertThat(second.status()).isEqualTo(204);
    channel.close().sync();
  }

  @Test
  void recordsAResponseThatIsCutOff() throws Exception {
    Throwable thrown = catchThrowable(() -> get("/half"));

    assertThat(thrown).isNotNull();
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isNotNull();
  }
}
