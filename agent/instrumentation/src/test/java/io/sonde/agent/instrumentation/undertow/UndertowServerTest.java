// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.ServerReader;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.ServerTable;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server tells of its sockets and threads. */
class UndertowServerTest {

  static {
    // Read once, when the worker's executor is loaded; off by default.
    System.setProperty("jboss.threads.eqe.statistics.active-count", "true");
  }

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new UndertowInstrumentation())
          .servers(
              kind ->
                  new ServerReader(
                      UndertowServerReader::name,
                      UndertowServerReader::port,
                      UndertowServerReader::openSockets,
                      undertow -> UndertowServerReader.maxSockets()));

  private final ServerTable servers = sonde.recorder().servers();
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void tellsSocketsAndThreadsWhileItAccepts() throws Exception {
    Undertow server = start(true);
    int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();

    assertThat(servers.loads().each.get(0).name).isEqualTo("undertow:" + port);
    assertThat(servers.firstPort()).isEqualTo(port);
    assertThat(servers.loads().total.openSockets).isZero();
    assertThat(servers.loads().total.maxSockets).isEqualTo(-1);
    assertThat(servers.loads().total.busyThreads).isZero();
    assertThat(servers.loads().total.maxThreads).isEqualTo(3);

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      SondeExtension.await("a socket", () -> servers.loads().total.openSockets == 1);
      SondeExtension.await("a busy thread", () -> servers.loads().total.busyThreads == 1);
      release.countDown();
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    SondeExtension.await("no socket", () -> servers.loads().total.openSockets == 0);
    sonde.nextExchange();
    server.stop();

    assertThat(servers.loads().each).isEmpty();
  }

  @Test
  void saysNothingOfSocketsWithoutStatistics() {
    Undertow server = start(false);

    assertThat(servers.loads().total.openSockets).isEqualTo(-1);
    assertThat(servers.loads().total.maxThreads).isEqualTo(3);
    server.stop();
  }

  private Undertow start(boolean statistics) {
    Undertow server =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(3)
            .setServerOption(UndertowOptions.ENABLE_STATISTICS, statistics)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(exchange -> exchange.dispatch(this::untilReleased))
            .build();
    server.start();
    return server;
  }

  private void untilReleased(io.undertow.server.HttpServerExchange exchange)
      throws InterruptedException {
    release.await();
    exchange.getResponseSender().send("done");
  }
}
