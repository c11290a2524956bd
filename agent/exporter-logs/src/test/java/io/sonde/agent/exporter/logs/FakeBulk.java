// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/**
 * A fake of {@code _bulk} for what the real node of the tests cannot be brought to say: 401, 413,
 * 429, redirects. Answers once each as told, then takes everything.
 */
final class FakeBulk implements AutoCloseable {

  /** What came: when, with which headers, and the body's lines. */
  record Request(long nanos, String target, String authorization, List<String> lines) {

    /** The ids of the documents. */
    List<String> ids() {
      return IntStream.range(0, lines.size())
          .filter(i -> i % 2 == 0)
          .mapToObj(i -> Samples.parse(lines.get(i)).path("create").path("_id").asText())
          .toList();
    }
  }

  /** An answer to one request; a status for each document only with 200. */
  private record Answer(int status, String body, int[] items) {}

  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private String allowed;
  private int forbidden;

  private FakeBulk(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  static FakeBulk start() throws IOException {
    return new FakeBulk(HttpServer.create(loopback(), 0));
  }

  static FakeBulk startTls(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new FakeBulk(server);
  }

  /** The next request gets this. */
  synchronized FakeBulk answers(int status, String body) {
    answers.add(new Answer(status, body, new int[0]));
    return this;
  }

  /** The next request gets 200, and its first documents these. */
  synchronized FakeBulk answersItems(int... statuses) {
    answers.add(new Answer(200, "", statuses));
    return this;
  }

  /** For whoever sends something else there is another status, 401 or 403. */
  synchronized FakeBulk allows(String authorization, int otherwise) {
    allowed = authorization;
    forbidden = otherwise;
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  List<Request> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] gzipped = exchange.getRequestBody().readAllBytes();
    String body =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(gzipped)).readAllBytes(),
            StandardCharsets.UTF_8);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Request request =
        new Request(
            System.nanoTime(),
            exchange.getRequestURI().toString(),
            authorization,
            Arrays.asList(body.split("\n")));
    Answer answer = answer(authorization);
    String text =
        answer.body().isEmpty() && answer.status() == 200
            ? items(request, answer.items())
            : answer.body();
    requests.add(request);
    exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Answer answer(String authorization) {
    if (allowed != null && !allowed.equals(authorization)) {
      String body =
          "{\"error\":{\"type\":\"security_exception\",\"reason\":\"unable to authenticate '%s'\"},"
              + "\"status\":%d}";
      return new Answer(forbidden, body.formatted(authorization, forbidden), new int[0]);
    }
    Answer next = answers.poll();
    return next == null ? new Answer(200, "", new int[0]) : next;
  }

  private static String items(Request request, int[] statuses) {
    return IntStream.range(0, request.lines().size() / 2)
        .map(i -> i < statuses.length ? statuses[i] : 201)
        .mapToObj(
            status ->
                status < 300
                    ? "{\"create\":{\"status\":%d}}".formatted(status)
                    : "{\"create\":{\"status\":%d,\"error\":{\"type\":\"some_exception\"}}}"
                        .formatted(status))
        .collect(Collectors.joining(",", "{\"errors\":true,\"items\":[", "]}"));
  }
}
