// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A handler of Jetty 12's core, without servlets. */
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

  private static final class Application extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      switch (request.getHttpURI().getPath()) {
        case "/hello":
          answer(response, callback, "hello");
          return true;
        case "/boom":
          throw new IllegalStateException("boom");
        case "/async":
          new Thread(() -> finish(response, callback), "finishes").start();
          return true;
        default:
          return false;
      }
    }

    /** Answers from another thread, 200 ms later. */
    private static void finish(Response response, Callback callback) {
      try {
        Thread.sleep(200);
        answer(response, callback, "async");
      } catch (InterruptedException e) {
        callback.failed(e);
      }
    }

    private static void answer(Response response, Callback callback, String body) {
      response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    }
  }
}
