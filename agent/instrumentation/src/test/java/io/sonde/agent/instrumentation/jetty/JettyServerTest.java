// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.ServerReader;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.ServerTable;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What connectors tell of their sockets and threads. */
class JettyServerTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JettyInstrumentation())
          .servers(
              kind ->
                  new ServerReader(
                      JettyServerReader::name,
                      JettyServerReader::port,
                      JettyServerReader::openSockets,
                      connector -> JettyServerReader.maxSockets()));

  @Test
  void tellsSocketsAndThreadsWhileItAccepts() throws Exception {
    ServerTable servers = sonde.recorder().servers();
    QueuedThreadPool threads = new QueuedThreadPool(20);
    Server server = new Server(threads);
    ServerConnector one = connector(server);
    connector(server);
    server.start();
    int limit = threads.getMaxAvailableThreads();

    assertThat(servers.loads().each)
        .hasSize(2)
        .extracting(load -> load.name)
        .contains("jetty:" + one.getLocalPort());
    assertThat(servers.loads().total.openSockets).isZero();
    assertThat(servers.loads().total.maxSockets).isEqualTo(-1);
    assertThat(limit).isLessThan(20);
    assertThat(servers.loads().total.maxThreads).isEqualTo(limit);

    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), one.getLocalPort())) {
      SondeExtension.await("a socket", () -> servers.loads().total.openSockets == 1);
      assertThat(socket.isConnected()).isTrue();
    }
    SondeExtension.await("no socket", () -> servers.loads().total.openSockets == 0);
    CountDownLatch release = new CountDownLatch(1);
    SondeExtension.await("none busy", () -> servers.loads().total.busyThreads == 0);
    threads.execute(
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    SondeExtension.await("a busy thread", () -> servers.loads().total.busyThreads == 1);
    release.countDown();
    server.stop();

    assertThat(servers.loads().each).isEmpty();
  }

  private static ServerConnector connector(Server server) {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    return connector;
  }
}
