// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** {@link Scenarios} in the servlet API of Tomcat 9. Made by its name. */
public final class JavaxServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Scenarios.serve(new Web(request, response));
  }

  private static final class Web implements WebRequest {

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String path; // other threads ask, when Jetty has forgotten it
    private AsyncContext async;

    Web(HttpServletRequest request, HttpServletResponse response) {
      this.request = request;
      this.response = response;
      this.path = request.getServletPath();
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public boolean dispatched() {
      return request.getDispatcherType() == DispatcherType.ASYNC;
    }

    @Override
    public List<String> headers(String name) {
      return Collections.list(request.getHeaders(name));
    }

    @Override
    public InputStream in() throws IOException {
      return request.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return response.getOutputStream();
    }

    @Override
    public void status(int status) {
      response.setStatus(status);
    }

    @Override
    public void setHeader(String name, String value) {
      response.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      response.addHeader(name, value);
    }

    @Override
    public void reset() {
      response.reset();
    }

    @Override
    public void sendError(int status) throws IOException {
      response.sendError(status);
    }

    @Override
    public void startAsync(long timeoutMillis) {
      async = request.startAsync();
      async.setTimeout(timeoutMillis);
    }

    @Override
    public void complete() {
      async.complete();
    }

    @Override
    public void dispatch() {
      async.dispatch();
    }
  }
}
