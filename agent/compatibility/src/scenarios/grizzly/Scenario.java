// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.util.logging.LogManager;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Grizzly's HTTP server. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    HttpServer server = new HttpServer();
    server.addListener(new NetworkListener("shop", "127.0.0.1", 0));
    server.getServerConfiguration().addHttpHandler(new Application(), "/");
    server.start();
    System.out.println("listening on " + server.getListener("shop").getPort());
    Thread.currentThread().join(); // its threads are daemons
  }

  private static final class Application extends HttpHandler {

    @Override
    public void service(Request request, Response response) throws IOException {
      switch (request.getRequestURI()) {
        case "/hello":
          response.getWriter().write("hello");
          break;
        case "/boom":
          throw new IllegalStateException("boom");
        case "/async":
          response.suspend();
          new Thread(() -> finish(response), "finishes").start();
          break;
        default:
          response.setStatus(404);
      }
    }

    /** Answers from another thread, 200 ms later. */
    private static void finish(Response response) {
      try {
        Thread.sleep(200);
        response.getWriter().write("async");
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        response.resume();
      }
    }
  }
}
