// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {

  @Test
  void countsEveryAnswerThatTheServerGave() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    HttpServer server = server(200, 5, handled);
    try {
      Load.Counts counts = new Load(server.getAddress().getPort(), "/", 200).run(200, 0);

      assertThat(counts).isEqualTo(new Load.Counts(handled.get(), 0));
      assertThat(counts.answered()).isPositive();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void asksAtTheRateItWasGiven() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    HttpServer server = server(200, 5, handled);
    try {
      Load load = new Load(server.getAddress().getPort(), "/", 200);
      load.once();
      Load.Counts counts = load.run(400, 20);

      assertThat(counts.answered()).isEqualTo(handled.get() - 1).isBetween(1L, 8L);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void countsWrongStatus() throws Exception {
    HttpServer server = server(404, 5, new AtomicInteger());
    try {
      Load load = new Load(server.getAddress().getPort(), "/", 200);
      Load.Counts counts = load.run(50, 0);

      assertThat(counts.wrong()).isPositive().isEqualTo(counts.answered());
      assertThatThrownBy(load::once).hasMessage("status 404");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsAnswersThatComeInPieces() throws IOException {
    Answer answer =
        answer(
            "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello"
                + "HTTP/1.1 500 \r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                + "Keep-Alive: timeout=60\r\n\r\n"
                + "5\r\nhello\r\n0\r\n\r\n"
                + "HTTP/1.1 204 \r\n\r\n");

    answer.read();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.keepsConnection()).isTrue();
    answer.read();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.keepsConnection()).isFalse();
    answer.read();
    assertThat(answer.status()).isEqualTo(204);
  }

  @Test
  void tellsAnEndBeforeTheBodysEnd() {
    Answer answer = answer("HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhell");

    assertThatThrownBy(answer::read).hasMessage("the connection ended");
  }

  /** Gives one byte at a time. */
  private static Answer answer(String text) {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    return new Answer(
        new InputStream() {
          @Override
          public int read() throws IOException {
            return bytes.read();
          }

          @Override
          public int read(byte[] buffer, int from, int length) throws IOException {
            return bytes.read(buffer, from, 1);
          }
        });
  }

  private static HttpServer server(int status, int length, AtomicInteger handled)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          handled.incrementAndGet();
          exchange.sendResponseHeaders(status, length);
          exchange.getResponseBody().write("hello".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    return server;
  }
}
