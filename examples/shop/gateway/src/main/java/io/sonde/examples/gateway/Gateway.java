// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The JDK's own server and client, nothing else.
 *
 * <pre>{@code
 * java -jar gateway.jar PORT http://127.0.0.1:ORDERS_PORT
 * }</pre>
 */
public final class Gateway {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String orders;

  private Gateway(String orders) {
    this.orders = orders;
  }

  public static void main(String[] args) throws IOException {
    Gateway gateway = new Gateway(args[1]);
    HttpServer server = HttpServer.create(address(Integer.parseInt(args[0])), 0);
    server.createContext("/", gateway::welcome);
    server.createContext("/orders/", gateway::forward);
    server.createContext("/bang", gateway::forward);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.start();
    System.out.println("gateway listens on " + server.getAddress());
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A context on "/" gets whatever no other one takes. */
  private void welcome(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/")) {
      respond(exchange, 200, "{\"shop\":\"open\"}");
    } else {
      respond(exchange, 404, "{\"error\":\"no such page\"}");
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    try {
      HttpResponse<String> response = ask(exchange.getRequestURI().getPath());
      boolean failed = response.statusCode() >= 500;
      respond(exchange, failed ? 502 : response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      respond(exchange, 503, "{\"error\":\"closing\"}");
    }
  }

  private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(orders + path)).timeout(LIMIT).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void respond(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
