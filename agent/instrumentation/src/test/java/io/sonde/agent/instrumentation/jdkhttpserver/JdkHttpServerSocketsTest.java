// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jdkhttpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.ServerReader;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.ServerTable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the JDK's server tells of its sockets and threads, though it has no getters. */
class JdkHttpServerSocketsTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JdkHttpServerInstrumentation())
          .servers(
              kind ->
                  new ServerReader(
                      JdkHttpServerReader::name,
                      JdkHttpServerReader::port,
                      JdkHttpServerReader::openSockets,
                      connections -> JdkHttpServerReader.maxSockets()));

  private final ServerTable servers = sonde.recorder().servers();
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void tellsSocketsAndThreadsWhileItAccepts() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    HttpServer server = server(threads);
    int port = server.getAddress().getPort();

    assertThat(servers.loads().each.get(0).name).isEqualTo("jdk:" + port);
    assertThat(servers.firstPort()).isEqualTo(port);
    assertThat(servers.loads().total.openSockets).isZero();
    assertThat(servers.loads().total.maxSockets).isEqualTo(-1);
    assertThat(servers.loads().total.busyThreads).isZero();
    assertThat(servers.loads().total.maxThreads).isEqualTo(3);

    CompletableFuture<?> call = CompletableFuture.runAsync(() -> get(port));
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
      SondeExtension.await("a busy thread", () -> servers.loads().total.busyThreads == 1);
      SondeExtension.await("two sockets", () -> servers.loads().total.openSockets == 2);
      assertThat(silent.isConnected()).isTrue();
    }
    release.countDown();
    call.join();
    sonde.nextExchange();
    server.stop(0);
    threads.shutdownNow();

    assertThat(servers.loads().each).isEmpty();
  }

  @Test
  void saysNothingOfThreadsThatAreNotCountedOrNotLimited() throws Exception {
    HttpServer own = server(null);
    assertThat(servers.loads().total.busyThreads).isEqualTo(-1);
    assertThat(servers.loads().total.maxThreads).isEqualTo(-1);
    own.stop(0);
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer cached = server(threads);

    assertThat(servers.loads().total.busyThreads).isZero();
    assertThat(servers.loads().total.maxThreads).isEqualTo(-1);
    cached.stop(0);
    threads.shutdownNow();
  }

  private HttpServer server(ExecutorService threads) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        http -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          http.sendResponseHeaders(204, -1);
        });
    server.start();
    return server;
  }

  private static void get(int port) {
    try {
      RawClient.get(port, "/");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
