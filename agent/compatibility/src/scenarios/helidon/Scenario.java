// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** Helidon's WebServer. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    LogManager.getLogManager().reset(); // it would tell each exception on stderr
    WebServer server =
        WebServer.builder().host("127.0.0.1").port(0).routing(Scenario::routes).build().start();
    System.out.println("listening on " + server.port());
  }

  private static void routes(HttpRouting.Builder routes) {
    routes
        .any((request, response) -> response.next())
        .get("/hello", (request, response) -> response.send("hello"))
        .register("/orders", Scenario::orders)
        .post("/boom", (request, response) -> boom())
        .get("/async", Scenario::streamed);
  }

  private static void orders(HttpRules rules) {
    rules
        .any((request, response) -> response.next())
        .get(
            "/{id:[a-z]+}",
            (request, response) -> response.send(request.path().pathParameters().get("id")));
  }

  private static void boom() {
    throw new IllegalStateException("boom");
  }

  /** There is no other than to block: its second half comes 200 ms after its first. */
  private static void streamed(ServerRequest request, ServerResponse response) throws Exception {
    try (OutputStream out = response.outputStream()) {
      out.write("as".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      Thread.sleep(200);
      out.write("ync".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
