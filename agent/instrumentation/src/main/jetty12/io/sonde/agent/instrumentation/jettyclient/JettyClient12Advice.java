// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jettyclient;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpReceiver;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;

/** Advice for Jetty 12, compiled against what it calls of it; as that for 9.4 to 11. */
final class JettyClient12Advice {

  /** As there. */
  private static final String STATE = "io.sonde.exchange";

  private JettyClient12Advice() {}

  /** A request looks for a connection. */
  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) HttpRequest request) {
      if ("CONNECT".equals(request.getMethod())) {
        return;
      }
      Object exchange =
          SondeBridge.clientStarted(
              "jetty-client",
              request.getMethod(),
              request.getHost(),
              request.getPort(),
              request.getPath());
      if (exchange != null) {
        request.attribute(STATE, new Object[] {exchange, SondeBridge.current(), null});
      }
    }
  }

  /** A connection was found. */
  static final class Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) HttpExchange sent) {
      HttpRequest request = sent.getRequest();
      Object state = request.getAttributes().get(STATE);
      if (!(state instanceof Object[]) || ((Object[]) state)[2] != null) {
        return;
      }
      Object exchange = ((Object[]) state)[0];
      HttpFields.Mutable headers = (HttpFields.Mutable) request.getHeaders();
      long added = 0;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!headers.contains(name)) {
          headers.put(name, SondeBridge.headerValue(exchange, i));
          added |= 1L << i;
        }
      }
      ((Object[]) state)[2] = added;
    }
  }

  /** The head of an answer is there. */
  static final class Begin {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) Response response, @Advice.Local("scope") Object scope) {
      Request request = response.getRequest();
      Object state = request.getAttributes().get(STATE);
      if (!(state instanceof Object[])) {
        return false;
      }
      if (((Object[]) state)[2] != null) {
        long added = (Long) ((Object[]) state)[2];
        HttpFields.Mutable headers = (HttpFields.Mutable) request.getHeaders();
        for (int i = 0; added >>> i != 0; i++) {
          if ((added >>> i & 1) != 0) {
            headers.remove(SondeBridge.headerName(((Object[]) state)[0], i));
          }
        }
        ((Object[]) state)[2] = 0L;
      }
      scope = SondeBridge.enter(((Object[]) state)[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The application's listeners of a response are called. */
  static final class Notify {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) Response response, @Advice.Local("scope") Object scope) {
      Object state = response.getRequest().getAttributes().get(STATE);
      if (!(state instanceof Object[])) {
        return false;
      }
      scope = SondeBridge.enter(((Object[]) state)[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The response's headers are there, or content: what listeners ask for they get in here. */
  static final class Receive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.This HttpReceiver receiver, @Advice.Local("scope") Object scope) {
      HttpExchange receives = receiver.getHttpExchange();
      Object state = receives == null ? null : receives.getRequest().getAttributes().get(STATE);
      if (!(state instanceof Object[])) {
        return false;
      }
      scope = SondeBridge.enter(((Object[]) state)[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The request was sent and the response read, or one has failed. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Result result, @Advice.Local("scope") Object scope) {
      Request request = result.getRequest();
      Object state = request.getAttributes().get(STATE);
      if (!(state instanceof Object[])) {
        return false;
      }
      Throwable failure = result.getFailure();
      if (failure == null) {
        request.getAttributes().remove(STATE);
      }
      SondeBridge.finished(
          ((Object[]) state)[0], failure == null ? result.getResponse().getStatus() : 0, failure);
      scope = SondeBridge.enter(((Object[]) state)[1]);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }
}
