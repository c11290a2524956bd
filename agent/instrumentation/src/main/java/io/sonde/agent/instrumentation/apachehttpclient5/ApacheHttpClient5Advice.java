// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;

/** Advice of the synchronous client, on its caller's thread. */
final class ApacheHttpClient5Advice {

  private ApacheHttpClient5Advice() {}

  /** One attempt: gets a connection and calls the other. */
  static final class Attempt {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(0) HttpRequest request, @Advice.Argument(1) ExecChain.Scope scope) {
      if (SondeBridge.quiet()) {
        return null;
      }
      HttpHost target = scope.route.getTargetHost();
      int port = target.getPort();
      String path = request.getPath();
      int query = path == null ? -1 : path.indexOf('?');
      Object exchange =
          SondeBridge.clientStarted(
              ApacheHttpClient5Instrumentation.NAME,
              request.getMethod(),
              target.getHostName(),
              port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
              query < 0 ? path : path.substring(0, query));
      if (exchange != null) {
        scope.clientContext.setAttribute(ApacheHttpClient5Instrumentation.STARTED, exchange);
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(1) ExecChain.Scope scope,
        @Advice.Enter Object exchange,
        @Advice.Return HttpResponse response,
        @Advice.Thrown Throwable thrown) {
      if (exchange != null) {
        scope.clientContext.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
        SondeBridge.finished(exchange, response == null ? 0 : response.getCode(), thrown);
      }
    }
  }

  /** One request on the wire, up to the head of its response. */
  static final class Wire {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(0) HttpRequest request,
        @Advice.Argument(3) HttpContext context,
        @Advice.Local("added") long added) {
      if (SondeBridge.quiet() || "CONNECT".equals(request.getMethod())) {
        return null;
      }
      Object exchange = context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
      URIAuthority target = exchange == null ? request.getAuthority() : null;
      if (target != null) {
        // The minimal client, or HttpCore used directly.
        int port = target.getPort();
        String path = request.getPath();
        int query = path == null ? -1 : path.indexOf('?');
        exchange =
            SondeBridge.clientStarted(
                ApacheHttpClient5Instrumentation.NAME,
                request.getMethod(),
                target.getHostName(),
                port >= 0 ? port : "https".equals(request.getScheme()) ? 443 : 80,
                query < 0 ? path : path.substring(0, query));
      }
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!request.containsHeader(name)) {
          request.addHeader(name, SondeBridge.headerValue(exchange, i));
          added |= 1L << i;
        }
      }
      return exchange;
    }

    /** Takes the headers back: the same object may be sent again, with others. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) HttpRequest request,
        @Advice.Enter Object exchange,
        @Advice.Local("added") long added,
        @Advice.Return HttpResponse response,
        @Advice.Thrown Throwable thrown) {
      if (exchange == null) {
        return;
      }
      for (int i = 0; added >>> i != 0; i++) {
        if ((added >>> i & 1) != 0) {
          request.removeHeaders(SondeBridge.headerName(exchange, i));
        }
      }
      SondeBridge.finished(exchange, response == null ? 0 : response.getCode(), thrown);
    }
  }
}
