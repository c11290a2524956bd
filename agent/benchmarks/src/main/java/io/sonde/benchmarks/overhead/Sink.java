// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** Where the agents export to: takes Zipkin JSON and counts spans, takes statsd and forgets it. */
final class Sink implements AutoCloseable {

  /** Once in each span; in a tag's value its quotes would be escaped. */
  private static final byte[] SPAN = "\"traceId\"".getBytes(StandardCharsets.US_ASCII);

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final DatagramSocket statsd;
  private final AtomicLong spans = new AtomicLong();

  Sink() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::take);
    http.start();
    statsd = new DatagramSocket(0, loopback);
    Thread drain = new Thread(this::drain, "statsd");
    drain.setDaemon(true);
    drain.start();
  }

  /** Takes anything. */
  String base() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  String endpoint() {
    return base() + "/api/v2/spans";
  }

  int statsdPort() {
    return statsd.getLocalPort();
  }

  long spans() {
    return spans.get();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    statsd.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      InputStream body = exchange.getRequestBody();
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      spans.addAndGet(count(zipped ? new GZIPInputStream(body) : body));
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private static long count(InputStream body) throws IOException {
    byte[] buffer = new byte[8_192];
    long count = 0;
    int matched = 0;
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      for (int i = 0; i < n; i++) {
        matched = buffer[i] == SPAN[matched] ? matched + 1 : buffer[i] == SPAN[0] ? 1 : 0;
        if (matched == SPAN.length) {
          count++;
          matched = 0;
        }
      }
    }
    return count;
  }

  private void drain() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    try {
      while (true) {
        statsd.receive(packet);
      }
    } catch (IOException e) {
      // Closed.
    }
  }
}
