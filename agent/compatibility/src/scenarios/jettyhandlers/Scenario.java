// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;

/** A handler of Jetty's own, 9.4 to 11. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Application());
    server.start();
    System.out.println("listening on " + connector.getLocalPort());
  }

  private static final class Application extends AbstractHandler {

    @Override
    public void handle(
        String path, Request base, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (path) {
        case "/hello":
          response.getWriter().print("hello");
          break;
        case "/boom":
          throw new IllegalStateException("boom");
        case "/async":
          AsyncContext async = request.startAsync();
          new Thread(() -> finish(async), "finishes").start();
          break;
        default:
          return;
      }
      base.setHandled(true);
    }

    /** Answers from another thread, 200 ms later. */
    private static void finish(AsyncContext async) {
      try {
        Thread.sleep(200);
        async.getResponse().getWriter().print("async");
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        async.complete();
      }
    }
  }
}
