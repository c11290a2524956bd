// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient4;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.protocol.HttpContext;

/** Hooks of Apache HttpClient 4; the package's comment says what counts when. */
public final class ApacheHttpClient4Instrumentation implements Instrumentation {

  private static final String NAME = "apache-httpclient-4";

  /** Of the context: an exchange whose request was not written yet. */
  private static final String STARTED = "io.sonde.exchange";

  private static final String MAIN = "org.apache.http.impl.execchain.MainClientExec";
  private static final String MINIMAL = "org.apache.http.impl.execchain.MinimalClientExec";
  private static final String WIRE = "org.apache.http.protocol.HttpRequestExecutor";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(MAIN, MINIMAL, WIRE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(WIRE)) {
      hooks.advise(named("execute").and(takesArguments(3)), WireAdvice.class);
    } else {
      hooks.advise(named("execute").and(takesArguments(4)), AttemptAdvice.class);
    }
  }

  /** Gets a connection and calls the other: for each challenge of an authentication again. */
  static final class AttemptAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(0) HttpRoute route,
        @Advice.Argument(1) HttpRequestWrapper request,
        @Advice.Argument(2) HttpContext context) {
      if (SondeBridge.quiet()) {
        return null;
      }
      HttpHost target = route.getTargetHost();
      int port = target.getPort();
      URI uri = request.getURI();
      Object exchange =
          SondeBridge.clientStarted(
              NAME,
              request.getMethod(),
              target.getHostName(),
              port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
              uri == null ? null : uri.getPath());
      if (exchange != null) {
        context.setAttribute(STARTED, exchange);
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(2) HttpContext context,
        @Advice.Enter Object exchange,
        @Advice.Return HttpResponse response,
        @Advice.Thrown Throwable thrown) {
      if (exchange != null) {
        context.removeAttribute(STARTED);
        SondeBridge.finished(
            exchange, response == null ? 0 : response.getStatusLine().getStatusCode(), thrown);
      }
    }
  }

  /** One request on the wire, up to the head of its response. */
  static final class WireAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(0) HttpRequest request,
        @Advice.Argument(2) HttpContext context,
        @Advice.Local("added") long added) {
      String method = request.getRequestLine().getMethod();
      if (SondeBridge.quiet() || "CONNECT".equals(method)) {
        return null;
      }
      Object exchange = context.removeAttribute(STARTED);
      if (exchange == null) {
        // An answer to a challenge, or somebody else's client.
        Object host = context.getAttribute("http.target_host");
        if (!(host instanceof HttpHost)) {
          return null;
        }
        HttpHost target = (HttpHost) host;
        int port = target.getPort();
        String path = request.getRequestLine().getUri();
        int authority = path.startsWith("/") ? -1 : path.indexOf("://");
        if (authority >= 0) {
          int slash = path.indexOf('/', authority + 3);
          path = slash < 0 ? "/" : path.substring(slash);
        }
        int query = path.indexOf('?');
        exchange =
            SondeBridge.clientStarted(
                NAME,
                method,
                target.getHostName(),
                port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
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
      SondeBridge.finished(
          exchange, response == null ? 0 : response.getStatusLine().getStatusCode(), thrown);
    }
  }
}
