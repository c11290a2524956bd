// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpChannelState;
import org.eclipse.jetty.server.internal.ResponseHttpFields;

/** Advice for the core of Jetty 12, compiled against what it calls of it. */
final class Jetty12Advice {

  /** Attribute of the request: its exchange. */
  private static final String EXCHANGE = "io.sonde.exchange";

  /** A chain of causes may be a circle. */
  private static final int MAX_CAUSES = 20;

  private Jetty12Advice() {}

  /** The request's head is parsed, by a thread that may be another than the one that serves it. */
  static final class Start {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This HttpChannelState channel, @Advice.Argument(0) MetaData.Request parsed) {
      Object exchange = SondeBridge.serverStarted("jetty");
      if (exchange == null) {
        return;
      }
      channel.getRequest().setAttribute(EXCHANGE, exchange);
      HttpFields headers = parsed.getHttpFields();
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        i = SondeBridge.requestHeader(exchange, i, headers.get(names[i]));
      }
      String method = parsed.getMethod();
      String path = parsed.getHttpURI().getPath();
      if (path == null) {
        path = "";
      }
      if (path.indexOf(';') >= 0) {
        path = path.replaceAll(";[^/]*", ""); // path parameters: session ids, for one
      }
      path = SondeBridge.decoded(path);
      SocketAddress peer = channel.getConnectionMetaData().getRemoteSocketAddress();
      SondeBridge.serverRequest(
          exchange,
          method == null ? "" : method,
          path,
          parsed.getHttpURI().getQuery(),
          peer instanceof InetSocketAddress && ((InetSocketAddress) peer).getAddress() != null
              ? ((InetSocketAddress) peer).getAddress().getHostAddress()
              : null);
    }
  }

  /** A thread calls the handlers. */
  static final class Handle {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("this$0") HttpChannelState channel,
        @Advice.Local("scope") Object scope) {
      Request request = channel.getRequest();
      Object exchange = request == null ? null : request.getAttribute(EXCHANGE);
      if (exchange == null) {
        return false;
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

  /** A thread calls servlets: the handlers' one, or a later one after a dispatch. */
  static final class HandleServlets {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("_request") Object request, @Advice.Local("scope") Object scope) {
      Object exchange = request == null ? null : ((Request) request).getAttribute(EXCHANGE);
      if (exchange == null) {
        return false;
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

  /** The same in the environments that are made of 9.4's classes, ee8 and ee9. */
  static final class HandleNested {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("_coreRequest") Object request, @Advice.Local("scope") Object scope) {
      Object exchange = request == null ? null : ((Request) request).getAttribute(EXCHANGE);
      if (exchange == null) {
        return false;
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

  /** A handler has thrown, or has failed the callback: before Jetty writes its error. */
  static final class Failed {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("_request") Object request, @Advice.Argument(0) Throwable thrown) {
      Throwable cause = thrown;
      for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
        if (cause instanceof EofException || cause instanceof HttpException) {
          return; // neither a client that has gone nor a bad request is the handler's failure
        }
        cause = cause.getCause();
      }
      SondeBridge.failed(((Request) request).getAttribute(EXCHANGE), thrown);
    }
  }

  /** The response's head is about to be written, once a response. */
  static final class ResponseHeaders {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("_request") Object request,
        @Advice.FieldValue("_httpFields") ResponseHttpFields fields) {
      Object exchange = ((Request) request).getAttribute(EXCHANGE);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        HttpFields.Mutable headers = fields.getMutableHttpFields();
        if (!headers.contains(name)) {
          headers.put(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /**
   * All is written and the handlers have returned, or the stream is broken: 12.0. The stream is
   * asked, since Jetty sends errors of its own by another response, of which this one keeps the
   * status alone.
   */
  static final class End {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("this$0") HttpChannelState channel,
        @Advice.Argument(0) HttpStream stream) {
      Request request = channel.getRequest();
      Response response = channel.getResponse();
      if (request != null && response != null) {
        SondeBridge.finished(
            request.getAttribute(EXCHANGE), stream.isCommitted() ? response.getStatus() : 0, null);
      }
    }
  }

  /** The same in 12.1, where the method is the channel's own. */
  static final class EndOfChannel {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This HttpChannelState channel, @Advice.Argument(0) HttpStream stream) {
      Request request = channel.getRequest();
      Response response = channel.getResponse();
      if (request != null && response != null) {
        SondeBridge.finished(
            request.getAttribute(EXCHANGE), stream.isCommitted() ? response.getStatus() : 0, null);
      }
    }
  }

  /** As in 9.4, for servlets of javax. */
  static final class MappedEe8 {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((org.eclipse.jetty.ee8.servlet.ServletHandler.MappedServlet) matched.getResource())
                .getServletHolder()
                .getClassName());
      }
    }
  }

  /** As in 9.4, for servlets of jakarta 9. */
  static final class MappedEe9 {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((org.eclipse.jetty.ee9.servlet.ServletHandler.MappedServlet) matched.getResource())
                .getServletHolder()
                .getClassName());
      }
    }
  }

  /** As in 9.4, for servlets of jakarta 10. */
  static final class MappedEe10 {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((org.eclipse.jetty.ee10.servlet.ServletHandler.MappedServlet) matched.getResource())
                .getServletHolder()
                .getClassName());
      }
    }
  }

  /** As in 9.4, for servlets of jakarta 11. */
  static final class MappedEe11 {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((org.eclipse.jetty.ee11.servlet.ServletHandler.MappedServlet) matched.getResource())
                .getServletHolder()
                .getClassName());
      }
    }
  }
}
