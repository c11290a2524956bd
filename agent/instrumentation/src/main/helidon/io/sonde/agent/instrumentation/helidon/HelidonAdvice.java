// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.helidon;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.common.uri.UriPath;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.HttpPrologue;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sonde.bridge.SondeBridge;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;

/** See the package's description. Helidon needs Java 21, this class does not. */
final class HelidonAdvice {

  private HelidonAdvice() {}

  /** The whole request: filters, routes, error handlers, and the response to its last byte. */
  static final class Request {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @Advice.Argument(1) RoutingRequest request, @Advice.Local("scope") Object scope) {
      Object exchange = SondeBridge.serverStarted("helidon");
      if (exchange == null) {
        return null;
      }
      ServerRequestHeaders headers = request.headers();
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        String value = headers.first(HeaderNames.create(names[i])).orElse(null);
        i = SondeBridge.requestHeader(exchange, i, value);
      }
      HttpPrologue prologue = request.prologue();
      UriPath uri = prologue.uriPath();
      String path;
      try {
        path = uri.path();
      } catch (IllegalArgumentException e) {
        path = uri.rawPath();
      }
      String query = prologue.query().rawValue();
      SocketAddress peer = request.remotePeer().address();
      boolean known =
          peer instanceof InetSocketAddress && ((InetSocketAddress) peer).getAddress() != null;
      SondeBridge.serverRequest(
          exchange,
          prologue.method().text(),
          path,
          query == null || query.isEmpty() ? null : query,
          known ? ((InetSocketAddress) peer).getAddress().getHostAddress() : null);
      scope = SondeBridge.enter(exchange);
      return exchange;
    }

    /** What is thrown from here the connection answers, or it closes. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object exchange,
        @Advice.Local("scope") Object scope,
        @Advice.Argument(2) ServerResponse response,
        @Advice.Thrown Throwable thrown) {
      if (exchange == null) {
        return;
      }
      SondeBridge.leave(scope);
      if (thrown == null) {
        SondeBridge.finished(exchange, response.status().code(), null);
      } else if (thrown instanceof BadRequestException) {
        SondeBridge.finished(exchange, ((BadRequestException) thrown).status().code(), null);
      } else {
        boolean gone =
            thrown instanceof CloseConnectionException || thrown instanceof SocketWriterException;
        int status = gone || thrown instanceof UncheckedIOException ? 0 : 500;
        if (response.isSent() || response.bytesWritten() > 0) {
          status = response.status().code();
        }
        SondeBridge.finished(exchange, status, gone ? null : thrown);
      }
    }
  }

  /** The application has nothing more to say about the response's head. */
  static final class Head {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This ServerResponse response) {
      Object exchange = response.isSent() ? null : SondeBridge.current();
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        response
            .headers()
            .setIfAbsent(HeaderValues.create(name, SondeBridge.headerValue(exchange, i)));
      }
    }
  }

  /** No error handler of the application's has answered. */
  static final class Unhandled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(3) Throwable thrown) {
      boolean answer =
          thrown instanceof HttpException && ((HttpException) thrown).status().code() < 500;
      if (!answer && !(thrown instanceof SocketWriterException)) {
        SondeBridge.failed(SondeBridge.current(), thrown);
      }
    }
  }

  /** A handler is about to be called; it may hand on to the next. */
  static final class Route {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This RoutingRequest request, @Advice.Argument(0) String pattern) {
      if (pattern == null || pattern.isEmpty() || SondeBridge.current() == null) {
        return;
      }
      int variables = 0;
      for (int i = pattern.indexOf('{'); i >= 0; i = pattern.indexOf('{', i + 1)) {
        variables++;
      }
      if (request.path().pathParameters().size() > variables) {
        return; // up to 4.5 a service's own variables stand there with their values
      }
      int last = pattern.length() - 1;
      String template = pattern;
      if (pattern.contains("//")
          || pattern.indexOf(':') >= 0
          || (last > 0 && pattern.charAt(last) == '/')) {
        StringBuilder clean = new StringBuilder(last + 1);
        int braces = 0;
        boolean regex = false;
        for (int i = 0; i <= last; i++) {
          char c = pattern.charAt(i);
          braces += c == '{' ? 1 : c == '}' ? -1 : 0;
          regex = braces > 0 && (regex || c == ':');
          boolean slash = c == '/' && clean.length() > 0 && clean.charAt(clean.length() - 1) == '/';
          if (!regex && !slash) {
            clean.append(c);
          }
        }
        if (clean.length() > 1 && clean.charAt(clean.length() - 1) == '/') {
          clean.setLength(clean.length() - 1);
        }
        template = clean.toString();
      }
      if (template.endsWith("/*")) {
        if (template.length() > 2) {
          SondeBridge.mapped(template, null);
        }
        return;
      }
      int below = 0;
      if (pattern.indexOf('*') < 0 && pattern.indexOf('+') < 0 && pattern.indexOf('[') < 0) {
        String path = request.prologue().uriPath().path();
        for (int i = path.length() - 2; i >= 0; i--) {
          below += path.charAt(i) == '/' ? 1 : 0;
        }
        for (int i = template.length() - 1; i >= 0; i--) {
          below -= template.charAt(i) == '/' ? 1 : 0;
        }
      }
      if (below > 0) {
        SondeBridge.mapped(template, true, null); // a handler of all that is below a service
      } else {
        SondeBridge.route(template, null);
      }
    }
  }
}
