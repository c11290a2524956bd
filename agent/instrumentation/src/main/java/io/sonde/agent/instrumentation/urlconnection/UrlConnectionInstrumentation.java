// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.urlconnection;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hooks of {@code HttpURLConnection}; the package's comment says what counts when. */
public final class UrlConnectionInstrumentation implements Instrumentation {

  private static final String HTTP = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String HTTPS =
      "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection";

  @Override
  public String name() {
    return "url-connection";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(HTTP, HTTPS);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(named("connect").and(takesArguments(0)), ConnectAdvice.class);
    if (type.equals(HTTP)) {
      hooks
          .advise(named("getOutputStream").and(takesArguments(0)), WriteAdvice.class)
          .advise(named("getInputStream").and(takesArguments(0)), ReadAdvice.class);
    }
  }

  /** Ends the exchange only where no connection is made: then nobody will read. */
  static final class ConnectAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("connected") boolean connected) {
      if (connected || SondeBridge.quiet() || SondeBridge.attached(connection) != null) {
        return null;
      }
      String method = connection.getRequestMethod();
      URL url = connection.getURL();
      Object exchange =
          SondeBridge.clientStarted(
              "url-connection",
              connection.getDoOutput() && method.equals("GET") ? "POST" : method,
              url.getHost(),
              url.getPort() < 0 ? url.getDefaultPort() : url.getPort(),
              url.getPath());
      SondeBridge.attach(connection, exchange);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (connection.getRequestProperty(name) == null) {
          connection.setRequestProperty(name, SondeBridge.headerValue(exchange, i));
        }
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Enter Object exchange,
        @Advice.Thrown Throwable thrown) {
      if (exchange != null && thrown != null) {
        SondeBridge.finished(SondeBridge.detached(connection), 0, thrown);
      }
    }
  }

  /** A body is about to be written: the JDK makes a POST of a GET here. */
  static final class WriteAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("connected") boolean connected,
        @Advice.FieldValue("inputStream") InputStream response) {
      if (connected
          || response != null
          || !connection.getDoOutput()
          || SondeBridge.quiet()
          || SondeBridge.attached(connection) != null) {
        return;
      }
      String method = connection.getRequestMethod();
      URL url = connection.getURL();
      Object exchange =
          SondeBridge.clientStarted(
              "url-connection",
              method.equals("GET") ? "POST" : method,
              url.getHost(),
              url.getPort() < 0 ? url.getDefaultPort() : url.getPort(),
              url.getPath());
      SondeBridge.attach(connection, exchange);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (connection.getRequestProperty(name) == null) {
          connection.setRequestProperty(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.FieldValue("inputStream") InputStream response,
        @Advice.Thrown Throwable thrown) {
      if (thrown != null && response == null) {
        SondeBridge.finished(SondeBridge.detached(connection), 0, thrown);
      }
    }
  }

  /**
   * The response is asked for. The method calls itself to learn the status, and is called as often
   * as the application likes: only the call that finds no response yet counts.
   */
  static final class ReadAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.This HttpURLConnection connection,
        @Advice.FieldValue("connected") boolean connected,
        @Advice.FieldValue("inputStream") InputStream response,
        @Advice.FieldValue("rememberedException") Exception failed) {
      if (response != null || failed != null || !connection.getDoInput() || SondeBridge.quiet()) {
        return null;
      }
      Object exchange = SondeBridge.attached(connection);
      if (exchange != null) {
        return exchange;
      }
      URL url = connection.getURL();
      exchange =
          SondeBridge.clientStarted(
              "url-connection",
              connection.getRequestMethod(),
              url.getHost(),
              url.getPort() < 0 ? url.getDefaultPort() : url.getPort(),
              url.getPath());
      SondeBridge.attach(connection, exchange);
      String name;
      for (int i = 0; !connected && (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (connection.getRequestProperty(name) == null) {
          connection.setRequestProperty(name, SondeBridge.headerValue(exchange, i));
        }
      }
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Enter Object exchange,
        @Advice.FieldValue("responseCode") int status,
        @Advice.Thrown Throwable thrown) {
      if (exchange != null) {
        SondeBridge.detached(connection);
        SondeBridge.finished(exchange, status < 0 ? 0 : status, status >= 400 ? null : thrown);
      }
    }
  }
}
