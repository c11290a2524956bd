// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jdkhttpserver;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.ListIterator;
import net.bytebuddy.asm.Advice;

/** Hooks of the JDK's HTTP server; the package's comment has the picture. */
public final class JdkHttpServerInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "jdk-http-server";

  private static final String SERVER = "sun.net.httpserver.ServerImpl";
  private static final String TASK = "sun.net.httpserver.ServerImpl$Exchange";
  private static final String EXCHANGE = "sun.net.httpserver.ExchangeImpl";
  private static final String HTTP = "sun.net.httpserver.HttpExchangeImpl";
  private static final String HTTPS = "sun.net.httpserver.HttpsExchangeImpl";
  private static final String CHAIN = "com.sun.net.httpserver.Filter$Chain";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(SERVER, TASK, EXCHANGE, HTTP, HTTPS, CHAIN);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case SERVER:
        hooks
            .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
            .advise(named("stop").and(takesArguments(int.class)), StopsAdvice.class);
        break;
      case TASK:
        hooks
            .advise(named("run").and(takesArguments(0)), TaskAdvice.class)
            .advise(named("reject"), RejectAdvice.class);
        break;
      case EXCHANGE:
        hooks
            .advise(named("sendResponseHeaders"), SendHeadersAdvice.class)
            .advise(named("getOriginalInputStream"), BodyClosedAdvice.class)
            .advise(named("close").and(takesArguments(0)), CloseAdvice.class);
        break;
      case CHAIN:
        hooks.advise(named("doFilter"), FailAdvice.class);
        break;
      default:
        hooks.advise(isConstructor(), StartAdvice.class);
    }
  }

  /** The set and the executor are read later: the server has no getters for them. */
  static final class AcceptsAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("wrapper") HttpServer server,
        @Advice.FieldValue("allConnections") Object connections,
        @Advice.FieldValue("executor") Object executor) {
      SondeBridge.serverSeen(KIND, server, connections, executor);
    }
  }

  static final class StopsAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("wrapper") HttpServer server) {
      SondeBridge.serverGone(server);
    }
  }

  /** One task is one request: what it leaves on the thread is taken away behind it. */
  static final class TaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter() {
      return SondeBridge.enter(null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** The request is parsed, and the filters are about to be called, on this thread. */
  static final class StartAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This HttpExchange http, @Advice.Argument(0) Object key) {
      Object exchange = SondeBridge.serverStarted("jdk-http-server");
      if (exchange == null) {
        return;
      }
      Headers headers = http.getRequestHeaders();
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        i = SondeBridge.requestHeader(exchange, i, headers.getFirst(names[i]));
      }
      URI uri = http.getRequestURI();
      String path = uri.getPath();
      InetSocketAddress remote = http.getRemoteAddress();
      SondeBridge.serverRequest(
          exchange,
          http.getRequestMethod(),
          path,
          uri.getRawQuery(),
          remote == null || remote.getAddress() == null
              ? null
              : remote.getAddress().getHostAddress());
      SondeBridge.attach(key, exchange);
      SondeBridge.enter(exchange);
      String handler = http.getHttpContext().getHandler().getClass().getName();
      int lambda = handler.indexOf("$$Lambda");
      String context = http.getHttpContext().getPath();
      boolean below = !context.equals(path);
      SondeBridge.mapped(
          below ? "" : context, below, lambda < 0 ? handler : handler.substring(0, lambda));
    }
  }

  /** The server answers by itself. */
  static final class RejectAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("tx") Object key, @Advice.Argument(1) String requestLine) {
      if (key != null) {
        return SondeBridge.detached(key);
      }
      Object exchange = SondeBridge.serverStarted("jdk-http-server");
      if (exchange == null) {
        return null;
      }
      int method = requestLine.indexOf(' ');
      int end = method < 0 ? -1 : requestLine.indexOf(' ', method + 1);
      String target = end < 0 ? null : requestLine.substring(method + 1, end);
      int query = target == null ? -1 : target.indexOf('?');
      SondeBridge.serverRequest(
          exchange,
          end < 0 ? null : requestLine.substring(0, method),
          query < 0 ? target : target.substring(0, query),
          query < 0 ? null : target.substring(query + 1),
          null);
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object exchange, @Advice.Argument(0) int code) {
      SondeBridge.finished(exchange, code, null);
    }
  }

  /** Chains are linked, and each filter calls its chain again: the first call is the outermost. */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.FieldValue("iter") ListIterator<?> filters) {
      return !filters.hasPrevious();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter boolean first,
        @Advice.FieldValue("handler") Object handler,
        @Advice.Argument(0) HttpExchange http,
        @Advice.Thrown(readOnly = false) Throwable thrown) {
      if (thrown == null || !first) {
        return;
      }
      // Only the first of the two chains ends in the server's own link to the second.
      if (!handler.getClass().getName().startsWith("sun.net.httpserver.ServerImpl$")) {
        return;
      }
      Object exchange = SondeBridge.current();
      SondeBridge.failed(exchange, thrown);
      String java = System.getProperty("java.specification.version");
      int status = http.getResponseCode();
      boolean answered =
          status < 0
              && thrown instanceof NumberFormatException
              && ("1.8".equals(java) || "11".equals(java));
      if (answered) {
        return;
      }
      boolean recovered = false;
      if (status < 0 && SondeBridge.recovers()) {
        try {
          // What nobody has read would make the server reset the connection behind the answer.
          http.getRequestBody().close();
          http.getResponseHeaders().clear();
          http.sendResponseHeaders(500, -1);
          recovered = true;
        } catch (Throwable gone) {
          // Or was it the connection that the handler failed of? The server drops it, as ever.
        }
      }
      SondeBridge.finished(exchange, recovered ? 500 : status < 0 ? 0 : status, thrown);
      if (recovered && thrown instanceof Exception) {
        thrown = null;
      }
    }
  }

  /** Adds the request id while headers can be added. */
  static final class SendHeadersAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object key,
        @Advice.FieldValue("sentHeaders") boolean sent,
        @Advice.FieldValue("rspHdrs") Headers headers) {
      Object exchange = sent ? null : SondeBridge.attached(key);
      if (exchange == null) {
        return;
      }
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!headers.containsKey(name)) {
          headers.set(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** The response's last byte is written; its stream goes on to drain the request. */
  static final class BodyClosedAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object key, @Advice.FieldValue("rcode") int status) {
      SondeBridge.finished(SondeBridge.detached(key), status, null);
    }
  }

  /** Drops the connection when the response is not complete. */
  static final class CloseAdvice {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object key, @Advice.FieldValue("rcode") int status) {
      SondeBridge.finished(SondeBridge.detached(key), status < 0 ? 0 : status, null);
    }
  }
}
