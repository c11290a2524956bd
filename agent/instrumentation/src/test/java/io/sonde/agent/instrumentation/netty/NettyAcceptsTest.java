// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.ServerTable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That a server accepts, and nothing of what it does not tell. */
class NettyAcceptsTest {

  private static final CountDownLatch ACCEPTING = new CountDownLatch(1);

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new NettyInstrumentation())
          .lifecycle(
              new Lifecycle() {
                @Override
                public void serverAccepting() {
                  ACCEPTING.countDown();
                }
              });

  @Test
  void saysThatItAcceptsAndNoMore() throws Exception {
    NioEventLoopGroup loops = new NioEventLoopGroup(1);
    new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind("127.0.0.1", 0)
        .sync();

    assertThat(ACCEPTING.await(10, TimeUnit.SECONDS)).isTrue();
    ServerTable servers = sonde.recorder().servers();
    assertThat(servers.loads().each).hasSize(1);
    assertThat(servers.loads().total.openSockets).isEqualTo(-1);
    assertThat(servers.loads().total.busyThreads).isEqualTo(-1);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }
}
