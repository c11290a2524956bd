// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jettyclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.client.HttpExchange;
import org.eclipse.jetty.client.HttpRequest;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.http.HttpField;

/**
 * Hooks of Jetty's HTTP client; the package's comment has the pictures. Here is the advice for 9.4
 * to 11.
 */
public final class JettyClientInstrumentation implements Instrumentation {

  static final String NAME = "jetty-client";

  /**
   * Attribute of a request that is under way: an array of the exchange, what its caller served, and
   * which of our headers it was given (a {@code Long} of bits, null before).
   */
  static final String STATE = "io.sonde.exchange";

  private static final String EXCHANGE = "org.eclipse.jetty.client.HttpExchange";
  private static final String SENDER = "org.eclipse.jetty.client.HttpSender";
  private static final String NOTIFIER = "org.eclipse.jetty.client.ResponseNotifier";
  private static final String RESPONSE = "org.eclipse.jetty.client.api.Response";

  private static final String TRANSPORT = "org.eclipse.jetty.client.transport.";
  private static final String EXCHANGE_12 = TRANSPORT + "HttpExchange";
  private static final String SENDER_12 = TRANSPORT + "HttpSender";
  private static final String RECEIVER_12 = TRANSPORT + "HttpReceiver";
  private static final String LISTENERS_12 = TRANSPORT + "ResponseListeners";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        EXCHANGE, SENDER, NOTIFIER, EXCHANGE_12, SENDER_12, RECEIVER_12, LISTENERS_12);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case EXCHANGE:
        hooks.advise(isConstructor(), Start.class);
        break;
      case SENDER:
        hooks.advise(named("beginToHeaders").and(takesArguments(1)), Headers.class);
        break;
      case NOTIFIER:
        hooks
            .advise(named("notifyBegin").and(takesArgument(1, named(RESPONSE))), Begin.class)
            .advise(
                namedOneOf("notifyHeaders", "notifySuccess", "notifyFailure")
                    .and(takesArgument(1, named(RESPONSE))),
                Notify.class)
            .adviseIfPresent( // in older 9.4
                named("notifyContent").and(takesArgument(1, named(RESPONSE))), Notify.class)
            .adviseIfPresent(
                namedOneOf("notifyBeforeContent", "notifyContent")
                    .and(takesArgument(0, named(RESPONSE))),
                NotifyContent.class)
            .advise(named("notifyComplete").and(takesArgument(0, List.class)), Complete.class);
        break;
      case EXCHANGE_12:
        hooks.advise(
            isConstructor().and(takesArguments(3)), // the other one calls it
            JettyClient12Advice.Start.class);
        break;
      case SENDER_12:
        hooks.advise(
            named("beginToHeaders").and(takesArguments(1)), JettyClient12Advice.Headers.class);
        break;
      case RECEIVER_12:
        hooks.advise(
            namedOneOf("responseHeaders", "responseContentAvailable"),
            JettyClient12Advice.Receive.class);
        break;
      default:
        hooks
            .advise(named("notifyBegin").and(isPublic()), JettyClient12Advice.Begin.class)
            .advise(
                namedOneOf("notifySuccess", "notifyFailure").and(isPublic()),
                JettyClient12Advice.Notify.class)
            .advise(named("notifyComplete").and(isPublic()), JettyClient12Advice.Complete.class);
    }
  }

  /** A request looks for a connection: the application's, or one that follows an answer. */
  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) HttpRequest request) {
      if ("CONNECT".equals(request.getMethod())) {
        return;
      }
      Object exchange =
          SondeBridge.clientStarted(
              NAME, request.getMethod(), request.getHost(), request.getPort(), request.getPath());
      if (exchange != null) {
        request.attribute(STATE, new Object[] {exchange, SondeBridge.current(), null});
      }
    }
  }

  /** A connection was found; the application's listeners of the request's begin have run. */
  static final class Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) HttpExchange sent) {
      HttpRequest request = sent.getRequest();
      Object state = request.getAttributes().get(STATE);
      if (!(state instanceof Object[]) || ((Object[]) state)[2] != null) {
        return;
      }
      Object exchange = ((Object[]) state)[0];
      // A class in 9.4, an interface later.
      Iterable<HttpField> headers = request.getHeaders();
      long added = 0;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        boolean present = false;
        for (HttpField header : headers) {
          present |= name.equalsIgnoreCase(header.getName());
        }
        if (!present) {
          request.header(name, SondeBridge.headerValue(exchange, i));
          added |= 1L << i;
        }
      }
      ((Object[]) state)[2] = added;
    }
  }

  /** The head of an answer is there: what was written is taken back, lest it be copied. */
  static final class Begin {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(1) Response response, @Advice.Local("scope") Object scope) {
      Request request = response.getRequest();
      Object state = request.getAttributes().get(STATE);
      if (!(state instanceof Object[])) {
        return false;
      }
      if (((Object[]) state)[2] != null) {
        long added = (Long) ((Object[]) state)[2];
        for (int i = 0; added >>> i != 0; i++) {
          if ((added >>> i & 1) != 0) {
            request.header(SondeBridge.headerName(((Object[]) state)[0], i), null);
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
        @Advice.Argument(1) Response response, @Advice.Local("scope") Object scope) {
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

  /** The same of its content, where demand is passed along. */
  static final class NotifyContent {
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

  /** The request was sent and the response read, or one has failed. What follows runs in here. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(1) Result result, @Advice.Local("scope") Object scope) {
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
