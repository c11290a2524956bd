// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.ServerReader;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Lifecycle;
import io.sonde.agent.recording.ServerTable;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a connector tells of its sockets and threads. */
class TomcatServerTest {

  private static final AtomicInteger ACCEPTING = new AtomicInteger();

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatInstrumentation())
          .lifecycle(
              new Lifecycle() {
                @Override
                public void serverAccepting() {
                  ACCEPTING.incrementAndGet();
                }
              })
          .servers(
              kind ->
                  new ServerReader(
                      TomcatServerReader::name,
                      TomcatServerReader::port,
                      TomcatServerReader::openSockets,
                      TomcatServerReader::maxSockets));

  @Test
  void tellsSocketsAndThreadsWhileItAccepts() throws Exception {
    ServerTable servers = sonde.recorder().servers();
    try (EmbeddedTomcat server = new EmbeddedTomcat()) {
      Connector connector = server.tomcat().getConnector();
      connector.setProperty("maxThreads", "3");
      connector.setProperty("minSpareThreads", "1");
      connector.setProperty("maxConnections", "77");
      String api = EmbeddedTomcat.isJavax() ? "Javax" : "Jakarta";
      server.servlet(getClass().getPackageName() + '.' + api + "Servlet", "/");
      assertThat(servers.loads().total.openSockets).isEqualTo(-1);
      int port = server.start();

      assertThat(ACCEPTING).hasValue(1);
      assertThat(servers.loads().each).hasSize(1);
      assertThat(servers.loads().each.get(0).name).contains("nio");
      assertThat(servers.firstPort()).isEqualTo(port);
      assertThat(servers.loads().total.openSockets).isZero();
      assertThat(servers.loads().total.maxSockets).isEqualTo(77);
      SondeExtension.await(
          "none busy", () -> servers.loads().total.busyThreads == 0); // while they start
      assertThat(servers.loads().total.maxThreads).isEqualTo(3);

      try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket two = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(one.getPort()).isEqualTo(two.getPort());
        SondeExtension.await("two sockets", () -> servers.loads().total.openSockets == 2);
      }
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
        String head = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";
        slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        SondeExtension.await("a busy thread", () -> servers.loads().total.busyThreads == 1);
        slow.getOutputStream().write(new byte[4]);
        assertThat(sonde.nextExchange().status()).isEqualTo(200);
      }
      SondeExtension.await("none busy", () -> servers.loads().total.busyThreads == 0);
    }

    assertThat(servers.loads().each).isEmpty();
    assertThat(servers.loads().total.openSockets).isEqualTo(-1);
  }
}
