// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static net.bytebuddy.matcher.ElementMatchers.declaresField;
import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.fieldType;
import static net.bytebuddy.matcher.ElementMatchers.isDeclaredBy;
import static net.bytebuddy.matcher.ElementMatchers.isInterface;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.pathmap.MappedResource;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * Hooks of Jetty; the package's comment has the pictures. Here is the advice for 9.4 to 11, as far
 * as it can be compiled against 9.4, and what all have in common.
 */
public final class JettyInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "jetty";

  private static final String CONNECTOR = "org.eclipse.jetty.server.ServerConnector";
  private static final String CHANNEL = "org.eclipse.jetty.server.HttpChannel";
  private static final String RESPONSE = "org.eclipse.jetty.server.Response";
  private static final String SERVLETS = "org.eclipse.jetty.servlet.ServletHandler";
  private static final String CORE = "org.eclipse.jetty.server.internal.HttpChannelState";
  private static final String CORE_HANDLER = CORE + "$HandlerInvoker";
  private static final String CORE_RESPONSE = CORE + "$ChannelResponse";
  private static final String CORE_CALLBACK = CORE + "$ChannelCallback";
  private static final String EE8_CHANNEL = "org.eclipse.jetty.ee8.nested.HttpChannel";
  private static final String EE8_SERVLETS = "org.eclipse.jetty.ee8.servlet.ServletHandler";
  private static final String EE9_CHANNEL = "org.eclipse.jetty.ee9.nested.HttpChannel";
  private static final String EE9_SERVLETS = "org.eclipse.jetty.ee9.servlet.ServletHandler";
  private static final String EE10_CHANNEL = "org.eclipse.jetty.ee10.servlet.ServletChannel";
  private static final String EE10_SERVLETS = "org.eclipse.jetty.ee10.servlet.ServletHandler";
  private static final String EE11_CHANNEL = "org.eclipse.jetty.ee11.servlet.ServletChannel";
  private static final String EE11_SERVLETS = "org.eclipse.jetty.ee11.servlet.ServletHandler";
  private static final String RESOURCE = "org.eclipse.jetty.http.pathmap.MappedResource";
  private static final String FIELDS = "org.eclipse.jetty.http.HttpFields";

  /** Attribute of the request: its exchange. */
  private static final String EXCHANGE = "io.sonde.exchange";

  /** A chain of causes may be a circle. */
  private static final int MAX_CAUSES = 20;

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        CONNECTOR,
        CHANNEL,
        RESPONSE,
        SERVLETS,
        CORE,
        CORE_HANDLER,
        CORE_RESPONSE,
        CORE_CALLBACK,
        EE8_CHANNEL,
        EE8_SERVLETS,
        EE9_CHANNEL,
        EE9_SERVLETS,
        EE10_CHANNEL,
        EE10_SERVLETS,
        EE11_CHANNEL,
        EE11_SERVLETS);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case CONNECTOR:
        hooks
            .advise(named("doStart").and(takesArguments(0)), AcceptsAdvice.class)
            .adviseIfPresent(named("doStop").and(takesArguments(0)), StopsAdvice.class)
            // What an older 9.4 calls when it stops.
            .adviseIfPresent(
                named("close").and(takesArguments(0)).and(without("doStop")), StopsAdvice.class);
        break;
      case CHANNEL: // 12 has an interface of this name
        hooks
            .adviseIfPresent(
                named("onRequest").and(takesArguments(1)).and(returns(void.class)),
                RequestAdvice.class)
            .adviseIfPresent(named("handle").and(takesArguments(0)), HandleAdvice.class)
            .adviseIfPresent(named("onBadMessage"), BadMessageAdvice.class)
            .adviseIfPresent(named("handleException"), ThrownAdvice.class)
            .adviseIfPresent(named("onCompleted").and(takesArguments(0)), EndAdvice.class);
        break;
      case RESPONSE: // the same
        hooks
            .adviseIfPresent(headersOf(FIELDS), ResponseHeadersAdvice.class)
            .adviseIfPresent(headersOf(FIELDS + "$Mutable"), Jetty10Advice.ResponseHeaders.class);
        break;
      case CORE:
        hooks
            .advise(named("onRequest").and(takesArguments(1)), Jetty12Advice.Start.class)
            .adviseIfPresent(named("completeStream"), Jetty12Advice.EndOfChannel.class);
        break;
      case CORE_HANDLER:
        hooks
            .advise(named("run").and(takesArguments(0)), Jetty12Advice.Handle.class)
            .adviseIfPresent(named("completeStream"), Jetty12Advice.End.class);
        break;
      case CORE_RESPONSE:
        hooks.advise(named("lockedPrepareResponse"), Jetty12Advice.ResponseHeaders.class);
        break;
      case CORE_CALLBACK:
        hooks.advise(named("failed").and(takesArguments(1)), Jetty12Advice.Failed.class);
        break;
      case EE8_CHANNEL:
      case EE9_CHANNEL:
        hooks
            .advise(named("handle").and(takesArguments(0)), Jetty12Advice.HandleNested.class)
            .advise(named("handleException").and(takesArguments(1)), ThrownAdvice.class);
        break;
      case EE8_SERVLETS:
        hooks.advise(named("getMatchedServlet"), Jetty12Advice.MappedEe8.class);
        break;
      case EE9_SERVLETS:
        hooks.advise(named("getMatchedServlet"), Jetty12Advice.MappedEe9.class);
        break;
      case EE10_CHANNEL:
      case EE11_CHANNEL:
        hooks
            .advise(named("handle").and(takesArguments(0)), Jetty12Advice.HandleServlets.class)
            .advise(named("handleException").and(takesArguments(1)), ThrownAdvice.class);
        break;
      case EE10_SERVLETS:
        hooks.advise(named("getMatchedServlet"), Jetty12Advice.MappedEe10.class);
        break;
      case EE11_SERVLETS:
        hooks.advise(named("getMatchedServlet"), Jetty12Advice.MappedEe11.class);
        break;
      default:
        hooks
            .adviseIfPresent(mappedTo(RESOURCE), MappedAdvice.class)
            .adviseIfPresent(mappedTo(SERVLETS + "$MappedServlet"), Jetty10Advice.Mapped.class)
            // Older ones. In the oldest 9.4 PathSpec is a class: nothing fits.
            .adviseIfPresent(
                olderMappedTo(
                    named(RESOURCE)
                        .and(declaresMethod(named("getPathSpec").and(returns(isInterface()))))),
                MappedInOlderAdvice.class)
            .adviseIfPresent(
                olderMappedTo(named(SERVLETS + "$MappedServlet")),
                Jetty10Advice.MappedInOlder.class);
    }
  }

  private static ElementMatcher<MethodDescription> headersOf(String fields) {
    return named("newResponseMetaData")
        .and(isDeclaredBy(declaresField(named("_fields").and(fieldType(named(fields))))));
  }

  private static ElementMatcher<MethodDescription> mappedTo(String servlet) {
    return named("getMatchedServlet")
        .and(isDeclaredBy(declaresMethod(named("getMappedServlet").and(returns(named(servlet))))));
  }

  private static ElementMatcher<MethodDescription> olderMappedTo(
      ElementMatcher<TypeDescription> servlet) {
    return named("getMappedServlet").and(returns(servlet)).and(without("getMatchedServlet"));
  }

  private static ElementMatcher<MethodDescription> without(String method) {
    return not(isDeclaredBy(declaresMethod(named(method))));
  }

  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ServerConnector connector) {
      SondeBridge.serverSeen(KIND, connector, null, connector.getExecutor());
    }
  }

  static final class StopsAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object connector) {
      SondeBridge.serverGone(connector);
    }
  }

  /** The request's head is parsed, by a thread that may be another than the one that serves it. */
  static final class RequestAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This HttpChannel channel, @Advice.FieldValue("_request") Request request) {
      Object exchange = SondeBridge.serverStarted("jetty");
      if (exchange == null) {
        return;
      }
      request.setAttribute(EXCHANGE, exchange);
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        i = SondeBridge.requestHeader(exchange, i, request.getHeader(names[i]));
      }
      String method = request.getMethod();
      String path = request.getRequestURI();
      if (path == null) {
        path = "";
      }
      if (path.indexOf(';') >= 0) {
        path = path.replaceAll(";[^/]*", ""); // path parameters: session ids, for one
      }
      path = SondeBridge.decoded(path);
      InetSocketAddress peer = channel.getRemoteAddress();
      SondeBridge.serverRequest(
          exchange,
          method == null ? "" : method,
          path,
          request.getQueryString(),
          peer == null || peer.getAddress() == null ? null : peer.getAddress().getHostAddress());
    }
  }

  /** A thread serves the request: the first, or one after a dispatch or because I/O is possible. */
  static final class HandleAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.FieldValue("_request") Request request, @Advice.Local("scope") Object scope) {
      Object exchange = request.getAttribute(EXCHANGE);
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

  /** The parser refuses what it reads: known already where Jetty could make a request of it. */
  static final class BadMessageAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This HttpChannel channel, @Advice.FieldValue("_request") Request request) {
      if (request.getAttribute(EXCHANGE) != null) {
        return;
      }
      Object exchange = SondeBridge.serverStarted("jetty");
      if (exchange != null) {
        request.setAttribute(EXCHANGE, exchange);
        InetSocketAddress peer = channel.getRemoteAddress();
        SondeBridge.serverRequest(
            exchange,
            "",
            "",
            null,
            peer == null || peer.getAddress() == null ? null : peer.getAddress().getHostAddress());
      }
    }
  }

  /**
   * An exception has left servlets and handlers. In every version, and in the servlet environments
   * of 12. Neither a client that has gone nor a bad request is the handler's failure.
   */
  static final class ThrownAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      Throwable cause = thrown;
      for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
        if (cause instanceof EofException || cause instanceof BadMessageException) {
          return;
        }
        cause = cause.getCause();
      }
      SondeBridge.failed(SondeBridge.current(), thrown);
    }
  }

  /**
   * The response's head is about to be written, once a response. Into the fields themselves: {@code
   * setHeader} does nothing in an included servlet or after an error was sent.
   */
  static final class ResponseHeadersAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("_channel") HttpChannel channel,
        @Advice.FieldValue("_fields") HttpFields headers) {
      Object exchange = channel.getRequest().getAttribute(EXCHANGE);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!headers.containsKey(name)) {
          headers.put(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }

  /** Request and response are over, before Jetty writes its log and makes ready for the next. */
  static final class EndAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("_request") Request request,
        @Advice.FieldValue("_committedMetaData") MetaData.Response sent) {
      SondeBridge.finished(
          request.getAttribute(EXCHANGE), sent == null ? 0 : sent.getStatus(), null);
    }
  }

  /**
   * A servlet is chosen. What tells nothing is told, too: else the mapping of an error page, which
   * is looked up after it, would count.
   */
  static final class MappedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((ServletHolder) matched.getResource()).getClassName());
      }
    }
  }

  /** The same where the servlet is found before it is matched. */
  static final class MappedInOlderAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MappedResource<?> mapped) {
      if (mapped != null && mapped.getPathSpec() != null) {
        SondeBridge.mapped(
            mapped.getPathSpec().getDeclaration(),
            ((ServletHolder) mapped.getResource()).getClassName());
      }
    }
  }
}
