// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.net.InetSocketAddress;
import java.util.logging.LogManager;

/** Undertow's own handlers. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    LogManager.getLogManager().reset();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(Scenario::serve).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("listening on " + address.getPort());
  }

  private static void serve(HttpServerExchange http) {
    switch (http.getRequestPath()) {
      case "/hello":
        http.getResponseSender().send("hello");
        break;
      case "/boom":
        throw new IllegalStateException("boom");
      case "/async":
        http.dispatch(
            SameThreadExecutor.INSTANCE, () -> new Thread(() -> finish(http), "finishes").start());
        break;
      default:
        http.setStatusCode(404);
    }
  }

  /** Answers from another thread, 200 ms later. */
  private static void finish(HttpServerExchange http) {
    try {
      Thread.sleep(200);
      http.getResponseSender().send("async");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
