// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javahttpclient;

import io.sonde.bridge.SondeBridge;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jdk.internal.net.http.HttpRequestImpl;
import net.bytebuddy.asm.Advice;

/** Advice that names {@code java.net.http}: compiled for Java 11, applied by name. */
final class JavaHttpClientAdvice {

  /** Characters of headers: the client's own are about 200, ours about 190. */
  static final int HEAD = 448;

  private JavaHttpClientAdvice() {}

  /** The client has made its copy of the request, on the calling thread. */
  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This HttpRequest request) {
      URI uri = request.uri();
      // The client refuses this one in a moment.
      if (uri == null || "CONNECT".equals(request.method())) {
        return;
      }
      Object exchange =
          SondeBridge.clientStarted(
              "java-http-client",
              request.method(),
              uri.getHost(),
              uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80,
              uri.getPath());
      if (exchange != null) {
        SondeBridge.attach(request, exchange);
      }
    }
  }

  /** A copy for a redirect, or with credentials. One constructor calls another: then in vain. */
  static final class Again {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This HttpRequest request, @Advice.Argument(2) Object before) {
      Object exchange = SondeBridge.detached(before);
      if (exchange != null) {
        SondeBridge.attach(request, exchange);
      }
    }
  }

  /** HTTP/1.1: the request line is written, the lines of the headers follow. */
  static final class Http1Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("request") HttpRequest request, @Advice.Argument(0) StringBuilder head) {
      Object exchange = SondeBridge.attached(request);
      if (exchange == null) {
        return;
      }
      // One array for the client's lines and ours: doubled from 64 on it would be four.
      head.ensureCapacity(head.length() + HEAD);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        // Not firstValue(): it makes a stream and five objects more.
        if (!request.headers().map().containsKey(name)) {
          head.append(name).append(": ");
          SondeBridge.appendHeaderValue(exchange, i, head);
          head.append("\r\n");
        }
      }
    }
  }

  /** HTTP/2: the frame of headers is about to be made. */
  static final class Http2Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("request") HttpRequestImpl request) {
      Object exchange = SondeBridge.attached(request);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!request.headers().map().containsKey(name)) {
          request.setSystemHeader(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** The call is complete. Of a failure nothing tells whose it is: see the others. */
  static final class Response {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) HttpResponse<?> response) {
      if (response != null) {
        Object exchange = SondeBridge.detached(response.request());
        SondeBridge.finished(exchange, response.statusCode(), null);
      }
    }
  }

  /** Returns a failed future, or another when it tries again (25: null). */
  static final class Failure {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("currentreq") Object request,
        @Advice.Return CompletableFuture<?> outcome) {
      if (outcome != null && outcome.isCompletedExceptionally()) {
        Throwable thrown = null;
        try {
          outcome.getNow(null);
        } catch (CompletionException e) {
          thrown = e.getCause();
        } catch (RuntimeException e) {
          thrown = e;
        }
        SondeBridge.finished(SondeBridge.detached(request), 0, thrown);
      }
    }
  }

  /** Every failure on its way to the application. */
  static final class Cancelled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("currentreq") Object request, @Advice.Argument(0) Throwable thrown) {
      Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
      SondeBridge.finished(SondeBridge.detached(request), 0, cause == null ? thrown : cause);
    }
  }

  /** The body has been read, or not. */
  static final class Body {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("request") Object request, @Advice.Argument(1) Throwable thrown) {
      if (thrown != null) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        SondeBridge.finished(SondeBridge.detached(request), 0, cause == null ? thrown : cause);
      }
    }
  }
}
