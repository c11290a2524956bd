// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A service that needs nothing but a JDK, from 8 on. Says {@code listening on PORT}.
 *
 * <p>{@code PlainService [DRAIN_MILLIS]}: how long its shutdown hook goes on serving.
 */
public final class PlainService {

  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private PlainService() {}

  public static void main(String[] args) throws IOException {
    long drainMillis = args.length == 0 ? 0 : Long.parseLong(args[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/hello", exchange -> answer(exchange, 200, "hello"));
    server.createContext("/slow", exchange -> answer(exchange, 200, slow(exchange)));
    server.createContext("/stuck", exchange -> answer(exchange, 200, stuck()));
    server.createContext("/release", exchange -> answer(exchange, 200, release()));
    server.createContext("/boom", PlainService::boom);
    server.createContext("/headers", exchange -> answer(exchange, 200, headers(exchange)));
    server.createContext("/chain", exchange -> answer(exchange, 200, get(query(exchange))));
    server.createContext("/id", exchange -> answer(exchange, 200, requestId(exchange)));
    server.createContext("/context", exchange -> answer(exchange, 200, context(exchange)));
    server.createContext("/threads", exchange -> answer(exchange, 200, threads()));
    server.createContext("/internals", exchange -> answer(exchange, 200, internals()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(server, drainMillis), "drain"));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static String slow(HttpExchange exchange) {
    sleep(Long.parseLong(query(exchange)));
    return "slow";
  }

  private static String stuck() {
    try {
      RELEASED.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "released";
  }

  private static String release() {
    RELEASED.countDown();
    return "released";
  }

  private static void boom(HttpExchange exchange) {
    throw new IllegalStateException("boom", new IOException("root of it"));
  }

  /** As they arrived, a line each. */
  private static String headers(HttpExchange exchange) {
    StringBuilder lines = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> lines.append(name).append(": ").append(values).append('\n'));
    return lines.toString();
  }

  private static String get(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
    try (InputStream in = connection.getInputStream();
        Scanner text = new Scanner(in, "UTF-8").useDelimiter("\\A")) {
      return text.hasNext() ? text.next() : "";
    }
  }

  private static String requestId(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestHeaders().getFirst("X-Request-ID"));
  }

  private static String context(HttpExchange exchange) throws IOException {
    String id = "http://127.0.0.1:" + exchange.getLocalAddress().getPort() + "/id";
    try {
      return ContextCalls.all(() -> get(id));
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** Name, group and daemon of each, by tabs. */
  private static String threads() {
    StringBuilder lines = new StringBuilder();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ThreadGroup group = thread.getThreadGroup();
      lines.append(thread.getName()).append('\t');
      lines.append(group == null ? "" : group.getName()).append('\t');
      lines.append(thread.isDaemon()).append('\n');
    }
    return lines.toString();
  }

  /** What the application sees of the JDK's internals, and of the agent. */
  private static String internals() {
    return "unsafe "
        + unsafe()
        + "\nagent "
        + visible("io.sonde.agent.startup.Startup")
        + "\nbytebuddy "
        + visible("net.bytebuddy.ByteBuddy")
        + "\nbridge "
        + visible("java.lang.SondeBridge")
        + "\n";
  }

  private static String unsafe() {
    try {
      return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null) == null
          ? "none"
          : "given";
    } catch (ReflectiveOperationException | RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static String visible(String name) {
    try {
      return "from " + Class.forName(name).getClassLoader();
    } catch (ClassNotFoundException e) {
      return "absent";
    }
  }

  private static void drain(HttpServer server, long millis) {
    System.out.println("draining");
    sleep(millis);
    server.stop(0);
    System.out.println("drained");
  }

  private static String query(HttpExchange exchange) {
    return exchange.getRequestURI().getQuery();
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
