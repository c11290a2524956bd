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
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** Where the agents export to: takes Zipkin JSON and counts spans, takes statsd and forgets it. */
final class Sink implements AutoCloseable {

  private static final byte[] SPAN = "\"traceId\"".getBytes();

  private final HttpServer http;
  private final DatagramSocket statsd;
  private final AtomicLong spans = new AtomicLong();

  Sink() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext("/", this::take);
    http.start();
    statsd = new DatagramSocket(0, loopback);
    Thread drain = new Thread(this::drain, "statsd");
    drain.setDaemon(true);
    drain.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/api/v2/spans";
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
    statsd.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream in = exchange.getRequestBody();
    spans.addAndGet(count(zipped ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes()));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  private static long count(byte[] body) {
    long count = 0;
    int matched = 0;
    for (byte b : body) {
      matched = b == SPAN[matched] ? matched + 1 : b == SPAN[0] ? 1 : 0;
      if (matched == SPAN.length) {
        count++;
        matched = 0;
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
