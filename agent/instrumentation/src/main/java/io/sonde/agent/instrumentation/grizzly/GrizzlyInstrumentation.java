// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grizzly;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;

/** See the package's description. */
public final class GrizzlyInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "grizzly";

  private static final String REQUEST = "org.glassfish.grizzly.http.server.Request";
  private static final String HANDLER = "org.glassfish.grizzly.http.server.HttpHandler";

  /** The handler's task for a thread of the listener's pool. */
  private static final String TASK = "org.glassfish.grizzly.http.server.HttpHandler$1";

  private static final String OUTPUT = "org.glassfish.grizzly.http.io.OutputBuffer";
  private static final String ERROR_PAGE = "org.glassfish.grizzly.http.server.util.HtmlHelper";
  private static final String LISTENER = "org.glassfish.grizzly.http.server.NetworkListener";

  /** Attribute of a request. */
  static final String EXCHANGE = "io.sonde.exchange";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(REQUEST, HANDLER, TASK, OUTPUT, ERROR_PAGE, LISTENER);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case REQUEST:
        hooks
            .advise(named("initialize").and(takesArguments(3)), StartAdvice.class)
            .advise(named("onAfterService").and(takesArguments(0)), EndAdvice.class);
        break;
      case HANDLER:
        hooks.advise(named("runService").and(takesArguments(2)), ServiceAdvice.class);
        break;
      case TASK:
        hooks.advise(named("run").and(takesArguments(0)), TaskAdvice.class);
        break;
      case OUTPUT:
        hooks.advise(named("doCommit").and(takesArguments(0)), HeadersAdvice.class);
        break;
      case ERROR_PAGE:
        hooks.advise(
            named("setErrorAndSendErrorPage").and(takesArguments(7)), ErrorPageAdvice.class);
        break;
      default:
        hooks
            .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
            .advise(named("stop").and(takesArguments(0)), StopsAdvice.class)
            .advise(named("shutdownNow").and(takesArguments(0)), StopsAdvice.class)
            .advise(named("shutdown").and(takesArguments(2)), StopsAdvice.class);
    }
  }

  /** A request's head was read. */
  static final class StartAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Request request) {
      Object exchange = SondeBridge.serverStarted(KIND);
      if (exchange == null) {
        return;
      }
      request.setAttribute(EXCHANGE, exchange);
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        i = SondeBridge.requestHeader(exchange, i, request.getHeader(names[i]));
      }
      // Not decoded by the request itself: it would remember, and how is the handler's affair.
      String path = request.getRequestURI();
      path = SondeBridge.decoded(path);
      Method method = request.getMethod();
      SondeBridge.serverRequest(
          exchange,
          method == null ? null : method.getMethodString(),
          path,
          request.getQueryString(),
          request.getRemoteAddr());
    }
  }

  /** The handler is called by this thread, or hands its task to a pool. */
  static final class ServiceAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Request request, @Advice.Local("scope") Object scope) {
      scope = SondeBridge.enter(request.getAttribute(EXCHANGE));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The task runs. */
  static final class TaskAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("val$request") Request request, @Advice.Local("scope") Object scope) {
      scope = SondeBridge.enter(request.getAttribute(EXCHANGE));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The head is sent now, if it was not before: what the handler has set itself stays. */
  static final class HeadersAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("committed") boolean committed,
        @Advice.FieldValue("outputHeader") HttpHeader header) {
      if (committed || !(header instanceof HttpResponsePacket)) {
        return;
      }
      Object exchange = ((HttpResponsePacket) header).getRequest().getAttribute(EXCHANGE);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!header.containsHeader(name)) {
          header.setHeader(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** An error page, also of an exception. */
  static final class ErrorPageAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Request request, @Advice.Argument(6) Throwable thrown) {
      SondeBridge.failed(request.getAttribute(EXCHANGE), thrown);
    }
  }

  /** The response is complete, by whatever thread; the request will be used again. */
  static final class EndAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Request request) {
      SondeBridge.finished(request.getAttribute(EXCHANGE), request.getResponse().getStatus(), null);
    }
  }

  static final class AcceptsAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This NetworkListener listener) {
      SondeBridge.serverSeen(KIND, listener, null, null);
    }
  }

  static final class StopsAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This NetworkListener listener) {
      SondeBridge.serverGone(listener);
    }
  }
}
