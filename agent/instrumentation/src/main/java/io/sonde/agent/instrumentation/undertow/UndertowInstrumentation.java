// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import io.undertow.Undertow;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletChain;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.xnio.StreamConnection;

/** See the package's description. */
public final class UndertowInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "undertow";

  private static final String UNDERTOW = "io.undertow.Undertow";
  private static final String CONNECTORS = "io.undertow.server.Connectors";
  private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";
  private static final String PARSER = "io.undertow.server.protocol.http.HttpReadListener";
  private static final String SERVLETS = "io.undertow.servlet.handlers.ServletInitialHandler";
  private static final String THROWN = "io.undertow.servlet.api.LoggingExceptionHandler";
  private static final String WORKER = "org.jboss.threads.EnhancedQueueExecutor";
  private static final String WORKER_TASK = "org.jboss.threads.EnhancedQueueExecutor$Task";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        UNDERTOW, CONNECTORS, EXCHANGE, PARSER, SERVLETS, THROWN, WORKER, WORKER_TASK);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case UNDERTOW:
        hooks
            .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
            .advise(named("stop").and(takesArguments(0)), StopsAdvice.class);
        break;
      case CONNECTORS:
        hooks.advise(named("executeRootHandler").and(takesArguments(2)), HandleAdvice.class);
        break;
      case EXCHANGE:
        hooks
            .advise(named("getResponseChannel").and(takesArguments(0)), ResponseHeadersAdvice.class)
            .advise(
                named("invokeExchangeCompleteListeners").and(takesArguments(0)), EndAdvice.class);
        break;
      case PARSER:
        hooks.advise(
            named("sendBadRequestAndClose").and(takesArguments(2)), BadRequestAdvice.class);
        break;
      case SERVLETS:
        hooks.advise(named("dispatchRequest").and(takesArguments(4)), MappedAdvice.class);
        break;
      case THROWN:
        hooks.advise(named("handleThrowable").and(takesArguments(4)), ThrownAdvice.class);
        break;
      case WORKER:
        hooks
            .advise(named("tryExecute").and(takesArguments(1)), SubmitAdvice.class)
            .adviseIfPresent(
                named("safeRun").and(takesArgument(0, Runnable.class)), RunAdvice.class);
        break;
      default:
        hooks.advise(named("run").and(takesArguments(0)), RunTaskAdvice.class);
    }
  }

  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Undertow undertow) {
      SondeBridge.serverSeen(KIND, undertow, null, undertow.getWorker());
    }
  }

  static final class StopsAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object undertow) {
      SondeBridge.serverGone(undertow);
    }
  }

  /**
   * A request begins, on an I/O thread; or goes on, on the thread that it was dispatched to: only
   * the first time the exchange is not known.
   */
  static final class HandleAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(1) HttpServerExchange http, @Advice.Local("scope") Object scope) {
      Object exchange = SondeBridge.attached(http);
      if (exchange == null) {
        exchange = http.isComplete() ? null : SondeBridge.serverStarted("undertow");
        if (exchange == null) {
          return false;
        }
        HeaderMap headers = http.getRequestHeaders();
        String[] names = SondeBridge.requestHeaders();
        for (int i = 0; i < names.length; ) {
          i = SondeBridge.requestHeader(exchange, i, headers.getFirst(names[i]));
        }
        String query = http.getQueryString();
        InetSocketAddress peer = http.getSourceAddress();
        SondeBridge.serverRequest(
            exchange,
            http.getRequestMethod().toString(),
            http.getRequestPath(),
            query == null || query.isEmpty() ? null : query,
            peer == null || peer.getAddress() == null ? null : peer.getAddress().getHostAddress());
        SondeBridge.attach(http, exchange);
      }
      scope = SondeBridge.enter(exchange);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** Whoever gets the channel may write: from then on no header can be set. Once a response. */
  static final class ResponseHeadersAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This HttpServerExchange http, @Advice.FieldValue("responseChannel") Object taken) {
      Object exchange = taken == null ? SondeBridge.attached(http) : null;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        HeaderMap headers = http.getResponseHeaders();
        if (!headers.contains(name)) {
          headers.put(HttpString.tryFromString(name), SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** Request and response are both at their end, or the connection is. */
  static final class EndAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This HttpServerExchange http) {
      Object exchange = SondeBridge.detached(http);
      if (exchange == null) {
        return;
      }
      Throwable thrown = http.getAttachment(DefaultResponseListener.EXCEPTION);
      if (thrown instanceof IOException && !http.getConnection().isOpen()) {
        thrown = null; // the client has gone: nothing is wrong with the handler
      }
      SondeBridge.finished(exchange, http.isResponseStarted() ? http.getStatusCode() : 0, thrown);
    }
  }

  /**
   * Answered by the parser, which keeps what it has read of the request; nothing else is called.
   */
  static final class BadRequestAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) StreamConnection connection,
        @Advice.FieldValue("httpServerExchange") HttpServerExchange http) {
      Object exchange = SondeBridge.serverStarted("undertow");
      if (exchange == null) {
        return;
      }
      HttpString method = http == null ? null : http.getRequestMethod();
      String path = http == null ? null : http.getRequestPath();
      SocketAddress peer = connection.getPeerAddress();
      SondeBridge.serverRequest(
          exchange,
          method == null ? "" : method.toString(),
          path == null ? "" : path,
          null,
          peer instanceof InetSocketAddress
              ? ((InetSocketAddress) peer).getAddress().getHostAddress()
              : null);
      SondeBridge.finished(exchange, 400, null);
    }
  }

  /**
   * A servlet is chosen: for the request, or for a forward or an error page, which do not count.
   */
  static final class MappedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) ServletChain chain, @Advice.Argument(3) Object dispatch) {
      if ("REQUEST".equals(dispatch.toString())) {
        SondeBridge.mapped(
            chain.getPattern(),
            chain.getManagedServlet().getServletInfo().getServletClass().getName());
      }
    }
  }

  /** An exception has left the servlets and filters. */
  static final class ThrownAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) HttpServerExchange http, @Advice.Argument(3) Throwable thrown) {
      if (!(thrown instanceof IOException) || http.getConnection().isOpen()) {
        SondeBridge.failed(SondeBridge.attached(http), thrown);
      }
    }
  }

  /** A task is handed to the worker's threads: once for each, whether it is queued or refused. */
  static final class SubmitAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      SondeBridge.taskSubmitted(task);
    }
  }

  /** It runs there: JBoss Threads 2 and 3.1. */
  static final class RunAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.Argument(0) Object task) {
      return SondeBridge.taskStarted(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** The same since JBoss Threads 3.2. */
  static final class RunTaskAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object task) {
      return SondeBridge.taskStarted(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }
}
