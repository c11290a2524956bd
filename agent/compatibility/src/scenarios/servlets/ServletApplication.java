// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every container of servlets serves: a servlet for each mapping. */
final class ServletApplication {

  private ServletApplication() {}

  static Map<String, HttpServlet> all() {
    Map<String, HttpServlet> all = new LinkedHashMap<>();
    all.put("/hello", new Hello());
    all.put("/orders/*", new Hello());
    all.put("/boom", new Boom());
    all.put("/async", new Async());
    return all;
  }

  private static final class Hello extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("hello");
    }
  }

  private static final class Boom extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      throw new IllegalStateException("boom");
    }
  }

  /** Answers from another thread, 200 ms later. */
  private static final class Async extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      AsyncContext async = request.startAsync();
      new Thread(() -> finish(async), "finishes").start();
    }

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
