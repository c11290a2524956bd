// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** Advice of the asynchronous client: on the submitting thread, then on the client's. */
final class ApacheHttpClient5AsyncAdvice {

  private ApacheHttpClient5AsyncAdvice() {}

  /** A context of the application's may have served another call before. */
  static final class Submit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(4) HttpContext context) {
      if (context != null) {
        context.removeAttribute(ApacheHttpClient5Instrumentation.PARENT);
      }
    }
  }

  /**
   * The callback of one attempt is made. The first is made by the submitting thread; later ones may
   * be by any.
   */
  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("val$request") HttpRequest request,
        @Advice.FieldValue("val$scope") AsyncExecChain.Scope scope) {
      if (SondeBridge.quiet()) {
        return;
      }
      HttpClientContext context = scope.clientContext;
      Object parent = SondeBridge.current();
      if (parent == null) {
        parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      } else {
        context.setAttribute(ApacheHttpClient5Instrumentation.PARENT, parent);
      }
      HttpHost target = scope.route.getTargetHost();
      int port = target.getPort();
      String path = request.getPath();
      int query = path == null ? -1 : path.indexOf('?');
      Object before = SondeBridge.enter(parent);
      Object exchange =
          SondeBridge.clientStarted(
              ApacheHttpClient5Instrumentation.NAME,
              request.getMethod(),
              target.getHostName(),
              port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
              query < 0 ? path : path.substring(0, query));
      SondeBridge.leave(before);
      if (exchange != null) {
        context.setAttribute(ApacheHttpClient5Instrumentation.STARTED, exchange);
      }
    }
  }

  /** The head is about to be written into the connection's buffer: HTTP/1.1 and HTTP/2. */
  static final class Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("context") HttpContext context,
        @Advice.Argument(0) HttpRequest request,
        @Advice.Local("added") long added) {
      Object exchange = context.getAttribute(ApacheHttpClient5Instrumentation.STARTED);
      if (exchange == null || "CONNECT".equals(request.getMethod())) {
        return null;
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

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) HttpRequest request,
        @Advice.Enter Object exchange,
        @Advice.Local("added") long added) {
      for (int i = 0; added >>> i != 0; i++) {
        if ((added >>> i & 1) != 0) {
          request.removeHeaders(SondeBridge.headerName(exchange, i));
        }
      }
    }
  }

  /** The head was read. Without a body the application's callback may run in here. */
  static final class Response {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("val$clientContext") HttpClientContext context,
        @Advice.Argument(0) HttpResponse response,
        @Advice.Argument(1) EntityDetails body) {
      if (body == null) {
        Object exchange = context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
        SondeBridge.finished(exchange, response.getCode(), null);
      }
      Object parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      return SondeBridge.enter(parent == null ? SondeBridge.current() : parent);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** HTTP/1.1: the body was read. In 5.0 the application's callback runs in here. */
  static final class Http1End {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("context") HttpCoreContext context,
        @Advice.FieldValue("committedRequest") HttpRequest request) {
      Object exchange = context.getAttribute(ApacheHttpClient5Instrumentation.STARTED);
      if (exchange != null && request != null && !"CONNECT".equals(request.getMethod())) {
        context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
        HttpResponse response = context.getResponse();
        SondeBridge.finished(exchange, response == null ? 0 : response.getCode(), null);
      }
      Object parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      return SondeBridge.enter(parent == null ? SondeBridge.current() : parent);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** HTTP/2: a part of the body was read, or the last one. */
  static final class Http2Data {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("context") HttpCoreContext context, @Advice.Argument(1) boolean last) {
      if (last) {
        Object exchange = context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
        HttpResponse response = context.getResponse();
        SondeBridge.finished(exchange, response == null ? 0 : response.getCode(), null);
      }
      Object parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      return SondeBridge.enter(parent == null ? SondeBridge.current() : parent);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** What follows a response: the application's callback, or the next attempt. */
  static final class Completed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.FieldValue("val$clientContext") HttpClientContext context) {
      Object exchange = context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
      HttpResponse response = context.getResponse();
      SondeBridge.finished(exchange, response == null ? 0 : response.getCode(), null);
      Object parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      return SondeBridge.enter(parent == null ? SondeBridge.current() : parent);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** No connection, no answer, a body that broke off, or the application has cancelled. */
  static final class Failed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.FieldValue("val$clientContext") HttpClientContext context,
        @Advice.Argument(0) Throwable thrown) {
      Object exchange = context.removeAttribute(ApacheHttpClient5Instrumentation.STARTED);
      SondeBridge.finished(exchange, 0, thrown);
      Object parent = context.getAttribute(ApacheHttpClient5Instrumentation.PARENT);
      return SondeBridge.enter(parent == null ? SondeBridge.current() : parent);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }

  /** An attempt that threw before anything was sent: its callback is not called. From 5.2 on. */
  static final class Refused {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(7) AsyncExecChain.Scope scope, @Advice.Thrown Throwable thrown) {
      if (thrown != null) {
        SondeBridge.finished(
            scope.clientContext.removeAttribute(ApacheHttpClient5Instrumentation.STARTED),
            0,
            thrown);
      }
    }
  }

  /** The same in 5.0 and 5.1. */
  static final class Refused50 {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(3) AsyncExecChain.Scope scope, @Advice.Thrown Throwable thrown) {
      if (thrown != null) {
        SondeBridge.finished(
            scope.clientContext.removeAttribute(ApacheHttpClient5Instrumentation.STARTED),
            0,
            thrown);
      }
    }
  }
}
