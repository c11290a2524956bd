// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpasyncclient4;

import io.sonde.bridge.SondeBridge;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.impl.nio.client.InternalState;
import org.apache.http.nio.protocol.HttpAsyncClientExchangeHandler;

/** Advice of one call, whose state only the package of the client sees. */
final class ApacheHttpAsyncClient4Advice {

  private static final String NAME = "apache-httpasyncclient-4";

  /**
   * Attribute of the call's context: an array of the exchange that is under way (null between two),
   * what the submitting thread served, the request that was given our headers (null before), and
   * which (a {@code Long} of bits).
   */
  private static final String STATE = "io.sonde.async";

  private ApacheHttpAsyncClient4Advice() {}

  /** A call begins, on the submitting thread. */
  static final class Start {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) HttpHost target,
        @Advice.Argument(1) HttpRequest request,
        @Advice.Argument(2) InternalState call) {
      // It may be the application's, and have served another call before.
      call.getLocalContext().removeAttribute(STATE);
      int port = target.getPort();
      String path = request.getRequestLine().getUri();
      int authority = path.startsWith("/") ? -1 : path.indexOf("://");
      if (authority >= 0) {
        int slash = path.indexOf('/', authority + 3);
        path = slash < 0 ? "/" : path.substring(slash);
      }
      int query = path.indexOf('?');
      Object exchange =
          SondeBridge.clientStarted(
              NAME,
              request.getRequestLine().getMethod(),
              target.getHostName(),
              port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
              query < 0 ? path : path.substring(0, query));
      if (exchange != null) {
        call.getLocalContext()
            .setAttribute(STATE, new Object[] {exchange, SondeBridge.current(), null, null});
      }
    }
  }

  /** The same in 4.0. */
  static final class Start40 {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) InternalState call,
        @Advice.Argument(1) HttpHost target,
        @Advice.Argument(2) HttpRequest request) {
      call.getLocalContext().removeAttribute(STATE);
      int port = target.getPort();
      String path = request.getRequestLine().getUri();
      int authority = path.startsWith("/") ? -1 : path.indexOf("://");
      if (authority >= 0) {
        int slash = path.indexOf('/', authority + 3);
        path = slash < 0 ? "/" : path.substring(slash);
      }
      int query = path.indexOf('?');
      Object exchange =
          SondeBridge.clientStarted(
              NAME,
              request.getRequestLine().getMethod(),
              target.getHostName(),
              port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
              query < 0 ? path : path.substring(0, query));
      if (exchange != null) {
        call.getLocalContext()
            .setAttribute(STATE, new Object[] {exchange, SondeBridge.current(), null, null});
      }
    }
  }

  /** A connection is ready for the next request: the first, or one that follows an answer. */
  static final class Headers {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("state") InternalState call, @Advice.Return HttpRequest request) {
      HttpClientContext context = call.getLocalContext();
      Object attribute = context.getAttribute(STATE);
      if (!(attribute instanceof Object[])
          || request == null
          || "CONNECT".equals(request.getRequestLine().getMethod())) {
        return;
      }
      Object[] state = (Object[]) attribute;
      if (state[2] != null) {
        return; // written before, to a connection that was closed
      }
      if (state[0] == null) {
        HttpHost target = context.getTargetHost();
        int port = target.getPort();
        String path = request.getRequestLine().getUri();
        int authority = path.startsWith("/") ? -1 : path.indexOf("://");
        if (authority >= 0) {
          int slash = path.indexOf('/', authority + 3);
          path = slash < 0 ? "/" : path.substring(slash);
        }
        int query = path.indexOf('?');
        Object before = SondeBridge.enter(state[1]);
        state[0] =
            SondeBridge.clientStarted(
                NAME,
                request.getRequestLine().getMethod(),
                target.getHostName(),
                port >= 0 ? port : "https".equals(target.getSchemeName()) ? 443 : 80,
                query < 0 ? path : path.substring(0, query));
        SondeBridge.leave(before);
      }
      long added = 0;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(state[0], i)) != null; i++) {
        if (!request.containsHeader(name)) {
          request.addHeader(name, SondeBridge.headerValue(state[0], i));
          added |= 1L << i;
        }
      }
      state[2] = request;
      state[3] = added;
    }
  }

  /** The response was read: the application's callback runs in here, or the next request begins. */
  static final class Completed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("state") InternalState call, @Advice.Local("scope") Object scope) {
      HttpClientContext context = call.getLocalContext();
      Object attribute = context.getAttribute(STATE);
      if (!(attribute instanceof Object[])) {
        return false;
      }
      Object[] state = (Object[]) attribute;
      if (state[2] != null) { // else it is a proxy's answer
        // The same object may be sent again, with others.
        HttpRequest request = (HttpRequest) state[2];
        long added = (Long) state[3];
        for (int i = 0; added >>> i != 0; i++) {
          if ((added >>> i & 1) != 0) {
            request.removeHeaders(SondeBridge.headerName(state[0], i));
          }
        }
        HttpResponse response = context.getResponse();
        SondeBridge.finished(
            state[0], response == null ? 0 : response.getStatusLine().getStatusCode(), null);
        state[0] = null;
        state[2] = null;
      }
      scope = SondeBridge.enter(state[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This HttpAsyncClientExchangeHandler handler,
        @Advice.FieldValue("state") InternalState call,
        @Advice.Enter boolean entered,
        @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
        if (handler.isDone()) { // 4.0 is not closed then
          call.getLocalContext().removeAttribute(STATE);
        }
      }
    }
  }

  /** No connection, no answer, or a body that broke off. */
  static final class Failed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("state") InternalState call,
        @Advice.Argument(0) Throwable thrown,
        @Advice.Local("scope") Object scope) {
      Object attribute = call.getLocalContext().getAttribute(STATE);
      if (!(attribute instanceof Object[])) {
        return false;
      }
      Object[] state = (Object[]) attribute;
      SondeBridge.finished(state[0], 0, thrown);
      state[0] = null;
      scope = SondeBridge.enter(state[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** By the application, or while it waited for a connection. */
  static final class Cancelled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("state") InternalState call, @Advice.Local("scope") Object scope) {
      Object attribute = call.getLocalContext().getAttribute(STATE);
      if (!(attribute instanceof Object[])) {
        return false;
      }
      Object[] state = (Object[]) attribute;
      if (state[0] != null) {
        SondeBridge.finished(state[0], 0, new CancellationException());
        state[0] = null;
      }
      scope = SondeBridge.enter(state[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** All is over, also for a consumer that did not want the rest of a response. */
  static final class Closed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("state") InternalState call) {
      HttpClientContext context = call.getLocalContext();
      Object attribute = context.getAttribute(STATE);
      if (attribute instanceof Object[]) {
        HttpResponse response = context.getResponse();
        SondeBridge.finished(
            ((Object[]) attribute)[0],
            response == null ? 0 : response.getStatusLine().getStatusCode(),
            null);
        context.removeAttribute(STATE);
      }
    }
  }
}
