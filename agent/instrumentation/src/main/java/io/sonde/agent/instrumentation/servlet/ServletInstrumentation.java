// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.servlet;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. The advice exists twice, word for word: once a servlet API. */
public final class ServletInstrumentation implements Instrumentation {

  private static final String JAVAX = "javax.servlet.http.HttpServlet";
  private static final String JAKARTA = "jakarta.servlet.http.HttpServlet";

  /** Of what is recorded here. */
  static final String LIBRARY = "servlet";

  /** Attribute of the request: its exchange. Tomcat shows the one of its own engine, too. */
  static final String EXCHANGE = "io.sonde.servlet";

  @Override
  public String name() {
    return "servlet";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(JAVAX, JAKARTA);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    boolean javax = type.equals(JAVAX);
    String request = javax ? "javax.servlet.ServletRequest" : "jakarta.servlet.ServletRequest";
    hooks.advise(
        named("service").and(takesArguments(2)).and(takesArgument(0, named(request))),
        javax ? JavaxAdvice.class : JakartaAdvice.class);
  }

  /** A servlet is asked; javax.servlet. */
  static final class JavaxAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This Object servlet,
        @Advice.Argument(0) javax.servlet.ServletRequest anyRequest,
        @Advice.Argument(1) javax.servlet.ServletResponse anyResponse,
        @Advice.Local("scope") Object scope,
        @Advice.Local("begun") boolean begun) {
      if (SondeBridge.current() != null
          || !(anyRequest instanceof javax.servlet.http.HttpServletRequest)
          || !(anyResponse instanceof javax.servlet.http.HttpServletResponse)) {
        return null;
      }
      javax.servlet.http.HttpServletRequest request =
          (javax.servlet.http.HttpServletRequest) anyRequest;
      Object exchange = request.getAttribute(EXCHANGE);
      if (exchange == null && request.getDispatcherType() == javax.servlet.DispatcherType.REQUEST) {
        exchange = SondeBridge.serverStarted(LIBRARY);
        if (exchange != null) {
          begun = true;
          String[] names = SondeBridge.requestHeaders();
          for (int i = 0; i < names.length; ) {
            i = SondeBridge.requestHeader(exchange, i, request.getHeader(names[i]));
          }
          String below = request.getPathInfo();
          String path = request.getServletPath();
          String context = request.getContextPath();
          String whole = below == null ? path : path.concat(below);
          SondeBridge.serverRequest(
              exchange,
              request.getMethod(),
              context == null ? whole : context.concat(whole),
              request.getQueryString(),
              request.getRemoteAddr());
          request.setAttribute(EXCHANGE, exchange);
          javax.servlet.http.HttpServletResponse response =
              (javax.servlet.http.HttpServletResponse) anyResponse;
          String name;
          for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
            if (!response.containsHeader(name)) {
              response.setHeader(name, SondeBridge.headerValue(exchange, i));
            }
          }
        }
      }
      if (exchange != null) {
        scope = SondeBridge.enter(exchange);
        if (begun) {
          SondeBridge.route(null, servlet.getClass().getName());
        }
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object exchange,
        @Advice.Argument(0) javax.servlet.ServletRequest anyRequest,
        @Advice.Argument(1) javax.servlet.ServletResponse anyResponse,
        @Advice.Local("scope") Object scope,
        @Advice.Local("begun") boolean begun,
        @Advice.Thrown Throwable thrown) {
      if (exchange == null) {
        return;
      }
      if (begun) {
        javax.servlet.http.HttpServletRequest request =
            (javax.servlet.http.HttpServletRequest) anyRequest;
        javax.servlet.http.HttpServletResponse response =
            (javax.servlet.http.HttpServletResponse) anyResponse;
        if (request.getPathInfo() != null) {
          // Last: a framework's route counts before it.
          SondeBridge.mapped(request.getServletPath(), true, null);
        }
        boolean lost = thrown != null && !response.isCommitted();
        SondeBridge.finished(exchange, lost ? 500 : response.getStatus(), thrown);
      }
      SondeBridge.leave(scope);
    }
  }

  /** A servlet is asked; jakarta.servlet. */
  static final class JakartaAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This Object servlet,
        @Advice.Argument(0) jakarta.servlet.ServletRequest anyRequest,
        @Advice.Argument(1) jakarta.servlet.ServletResponse anyResponse,
        @Advice.Local("scope") Object scope,
        @Advice.Local("begun") boolean begun) {
      if (SondeBridge.current() != null
          || !(anyRequest instanceof jakarta.servlet.http.HttpServletRequest)
          || !(anyResponse instanceof jakarta.servlet.http.HttpServletResponse)) {
        return null;
      }
      jakarta.servlet.http.HttpServletRequest request =
          (jakarta.servlet.http.HttpServletRequest) anyRequest;
      Object exchange = request.getAttribute(EXCHANGE);
      if (exchange == null
          && request.getDispatcherType() == jakarta.servlet.DispatcherType.REQUEST) {
        exchange = SondeBridge.serverStarted(LIBRARY);
        if (exchange != null) {
          begun = true;
          String[] names = SondeBridge.requestHeaders();
          for (int i = 0; i < names.length; ) {
            i = SondeBridge.requestHeader(exchange, i, request.getHeader(names[i]));
          }
          String below = request.getPathInfo();
          String path = request.getServletPath();
          String context = request.getContextPath();
          String whole = below == null ? path : path.concat(below);
          SondeBridge.serverRequest(
              exchange,
              request.getMethod(),
              context == null ? whole : context.concat(whole),
              request.getQueryString(),
              request.getRemoteAddr());
          request.setAttribute(EXCHANGE, exchange);
          jakarta.servlet.http.HttpServletResponse response =
              (jakarta.servlet.http.HttpServletResponse) anyResponse;
          String name;
          for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
            if (!response.containsHeader(name)) {
              response.setHeader(name, SondeBridge.headerValue(exchange, i));
            }
          }
        }
      }
      if (exchange != null) {
        scope = SondeBridge.enter(exchange);
        if (begun) {
          SondeBridge.route(null, servlet.getClass().getName());
        }
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object exchange,
        @Advice.Argument(0) jakarta.servlet.ServletRequest anyRequest,
        @Advice.Argument(1) jakarta.servlet.ServletResponse anyResponse,
        @Advice.Local("scope") Object scope,
        @Advice.Local("begun") boolean begun,
        @Advice.Thrown Throwable thrown) {
      if (exchange == null) {
        return;
      }
      if (begun) {
        jakarta.servlet.http.HttpServletRequest request =
            (jakarta.servlet.http.HttpServletRequest) anyRequest;
        jakarta.servlet.http.HttpServletResponse response =
            (jakarta.servlet.http.HttpServletResponse) anyResponse;
        if (request.getPathInfo() != null) {
          // Last: a framework's route counts before it.
          SondeBridge.mapped(request.getServletPath(), true, null);
        }
        boolean lost = thrown != null && !response.isCommitted();
        SondeBridge.finished(exchange, lost ? 500 : response.getStatus(), thrown);
      }
      SondeBridge.leave(scope);
    }
  }
}
