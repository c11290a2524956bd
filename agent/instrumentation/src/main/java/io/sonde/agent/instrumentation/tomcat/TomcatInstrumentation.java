// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.catalina.mapper.MappingData;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.AbstractEndpoint;

/** See the package's description. */
public final class TomcatInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "tomcat";

  private static final String ENDPOINT = "org.apache.tomcat.util.net.AbstractEndpoint";
  private static final String ADAPTER = "org.apache.catalina.connector.CoyoteAdapter";
  private static final String MAPPER = "org.apache.catalina.mapper.Mapper";
  private static final String REQUEST = "org.apache.catalina.connector.Request";
  private static final String COYOTE_REQUEST = "org.apache.coyote.Request";
  private static final String COYOTE_RESPONSE = "org.apache.coyote.Response";
  private static final String HOST_VALVE = "org.apache.catalina.core.StandardHostValve";
  private static final String ASYNC_CONTEXT = "org.apache.catalina.core.AsyncContextImpl";
  private static final String HTTP1 = "org.apache.coyote.http11.Http11Processor";
  private static final String HTTP2 = "org.apache.coyote.http2.StreamProcessor";
  private static final String AJP = "org.apache.coyote.ajp.AjpProcessor";

  /** Attribute of the coyote request: its exchange, until it has ended. */
  static final String EXCHANGE = "io.sonde.exchange";

  /** Attribute of the coyote request: the status that was sent, where Tomcat changes it later. */
  static final String SENT_STATUS = "io.sonde.status";

  /** Of the coyote request: set by the processor, when a connection breaks among others. */
  static final String JAVAX_ERROR = "javax.servlet.error.exception";

  static final String JAKARTA_ERROR = "jakarta.servlet.error.exception";

  /** A chain of causes may be a circle. */
  static final int MAX_CAUSES = 20;

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        ENDPOINT,
        ADAPTER,
        MAPPER,
        REQUEST,
        COYOTE_REQUEST,
        COYOTE_RESPONSE,
        HOST_VALVE,
        ASYNC_CONTEXT,
        HTTP1,
        HTTP2,
        AJP);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case ENDPOINT:
        hooks
            .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
            .advise(named("stop").and(takesArguments(0)), StopsAdvice.class);
        break;
      case ADAPTER:
        hooks
            .advise(named("service").and(takesArguments(2)), ServiceAdvice.class)
            .advise(named("asyncDispatch").and(takesArguments(3)), AsyncDispatchAdvice.class)
            .advise(named("log").and(takesArguments(3)), LogAdvice.class);
        break;
      case MAPPER:
        hooks
            .advise(named("internalMapExactWrapper").and(takesArguments(3)), ExactAdvice.class)
            .advise(
                named("internalMapWildcardWrapper").and(takesArguments(4)), WildcardAdvice.class);
        break;
      case COYOTE_RESPONSE:
        hooks.advise(named("setStatus").and(takesArguments(int.class)), SetStatusAdvice.class);
        break;
      case REQUEST:
        hooks.advise(named("recycle").and(takesArguments(0)), RequestDoneAdvice.class);
        break;
      case COYOTE_REQUEST:
        hooks.advise(named("recycle").and(takesArguments(0)), RequestGoneAdvice.class);
        break;
      case HOST_VALVE:
        hooks.advise(named("throwable").and(takesArguments(3)), ThrowableAdvice.class);
        break;
      case ASYNC_CONTEXT:
        hooks.advise(named("setErrorState").and(takesArguments(2)), AsyncErrorAdvice.class);
        break;
      default:
        hooks.advise(named("prepareResponse").and(takesArguments(0)), ResponseHeadersAdvice.class);
    }
  }

  /** A connector accepts. */
  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This AbstractEndpoint<?, ?> endpoint) {
      SondeBridge.serverSeen(KIND, endpoint, null, endpoint.getExecutor());
    }
  }

  static final class StopsAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object endpoint) {
      SondeBridge.serverGone(endpoint);
    }
  }

  /**
   * A request begins on a container thread. Tomcat decodes the URI only after this, so it is done
   * here where it has to be ({@code %}, {@code ;}): once more for few requests, but ids exist for
   * every line that is logged from here on, and requests that Tomcat refuses next are seen.
   */
  static final class ServiceAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("deprecation") // getMethod() is missing before 2025
    static boolean enter(@Advice.Argument(0) Request request, @Advice.Local("scope") Object scope) {
      Object exchange = SondeBridge.serverStarted("tomcat");
      if (exchange == null) {
        return false;
      }
      request.setAttribute(EXCHANGE, exchange);
      String[] names = SondeBridge.requestHeaders();
      for (int i = 0; i < names.length; ) {
        MessageBytes header = request.getMimeHeaders().getValue(names[i]);
        String value = null;
        if (header != null) {
          ByteChunk bytes = header.getByteChunk();
          value =
              header.getType() == MessageBytes.T_BYTES
                  ? SondeBridge.latin1(bytes.getBuffer(), bytes.getStart(), bytes.getLength())
                  : header.toString();
        }
        i = SondeBridge.requestHeader(exchange, i, value);
      }
      // Not MessageBytes.toString(): in some versions it changes the type that Tomcat looks at when
      // it decodes the URI, and it makes two buffers and an array of characters on the way.
      MessageBytes uri = request.requestURI();
      ByteChunk uriBytes = uri.getByteChunk();
      String path =
          uri.getType() == MessageBytes.T_BYTES
              ? SondeBridge.latin1(uriBytes.getBuffer(), uriBytes.getStart(), uriBytes.getLength())
              : uri.toString();
      if (path == null) {
        path = "";
      }
      if (path.indexOf(';') >= 0) {
        path = path.replaceAll(";[^/]*", ""); // path parameters: session ids, for one
      }
      path = SondeBridge.decoded(path);
      MessageBytes queryString = request.queryString();
      ByteChunk queryBytes = queryString.getByteChunk();
      String query =
          queryString.getType() == MessageBytes.T_BYTES
              ? SondeBridge.latin1(
                  queryBytes.getBuffer(), queryBytes.getStart(), queryBytes.getLength())
              : queryString.toString();
      // Fills in remoteAddr() from the connection, which keeps the string.
      request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, request);
      SondeBridge.serverRequest(
          exchange, request.method().toString(), path, query, request.remoteAddr().toString());
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

  /**
   * A servlet is chosen by an exact mapping. The string is the mapper's own. Without a host the
   * mapper was asked for a dispatch, not for a request. (What was chosen stands in a field whose
   * type is of the servlet API.)
   */
  static final class ExactAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(2) MappingData mapping) {
      Wrapper servlet = mapping.wrapper;
      if (servlet != null && mapping.host != null) {
        String type = servlet.getServletClass(); // none where the application made the servlet
        SondeBridge.mapped(
            mapping.requestPath.toString(), false, type == null ? servlet.getName() : type);
      }
    }
  }

  /** A servlet is chosen by {@code /path/*}, of which the mapper holds {@code /path}. */
  static final class WildcardAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(3) MappingData mapping) {
      Wrapper servlet = mapping.wrapper;
      if (servlet != null && mapping.host != null && !mapping.jspWildCard) {
        String type = servlet.getServletClass();
        SondeBridge.mapped(
            mapping.wrapperPath.toString(), true, type == null ? servlet.getName() : type);
      }
    }
  }

  /** The request goes on: after a dispatch, a timeout, an error, or because I/O is possible. */
  static final class AsyncDispatchAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Request request, @Advice.Local("scope") Object scope) {
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

  /**
   * Tomcat writes its access log for a request that {@code service} was not called for, e.g. since
   * no thread was free. When it started is not known here: it counts with no duration. One that is
   * committed is an upgrade to HTTP/2, whose request goes on as a stream.
   */
  static final class LogAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    @SuppressWarnings("deprecation") // getMethod() is missing before 2025
    static void enter(@Advice.Argument(0) Request request, @Advice.Argument(1) Response response) {
      if (request.getAttribute(EXCHANGE) != null || response.isCommitted()) {
        return;
      }
      Object exchange = SondeBridge.serverStarted("tomcat");
      if (exchange != null) {
        request.action(ActionCode.REQ_HOST_ADDR_ATTRIBUTE, request);
        String method = request.method().toString();
        String path = request.requestURI().toString();
        SondeBridge.serverRequest(
            exchange,
            method == null ? "" : method,
            path == null ? "" : path,
            null,
            request.remoteAddr().toString());
        SondeBridge.finished(exchange, response.getStatus(), null);
      }
    }
  }

  /** The response's head is about to be written, once a response. */
  static final class ResponseHeadersAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("request") Request request,
        @Advice.FieldValue("response") Response response) {
      Object exchange = request.getAttribute(EXCHANGE);
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        MimeHeaders headers = response.getMimeHeaders();
        // As bytes: Tomcat would make a buffer and an encoder to turn each string into some.
        byte[] nameBytes = SondeBridge.headerNameBytes(exchange, i);
        byte[] value = SondeBridge.headerValueBytes(exchange, i);
        if (headers.getValue(name) == null && nameBytes != null && value != null) {
          headers.addValue(nameBytes, 0, nameBytes.length).setBytes(value, 0, value.length);
        }
      }
    }
  }

  /**
   * The status changes although it has been sent: Tomcat makes it 500, for its access log, when a
   * stream's client is gone, when a servlet throws too late, when a connection is to be closed.
   */
  static final class SetStatusAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Response response, @Advice.Argument(0) int status) {
      if (!response.isCommitted() || status == response.getStatus()) {
        return;
      }
      Request request = response.getRequest();
      if (request != null
          && request.getAttribute(EXCHANGE) != null
          && request.getAttribute(SENT_STATUS) == null) {
        request.setAttribute(SENT_STATUS, response.getStatus());
      }
    }
  }

  /**
   * Tomcat is done with a request and has written its access log. Not yet the end where a throwable
   * has left the engine, and nothing was sent: the protocol's processor may still answer 500.
   */
  static final class RequestDoneAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This org.apache.catalina.connector.Request connectorRequest) {
      Request request = connectorRequest.getCoyoteRequest();
      Object exchange = request == null ? null : request.getAttribute(EXCHANGE);
      if (exchange == null || !request.getResponse().isCommitted()) {
        return;
      }
      Object sent = request.getAttribute(SENT_STATUS);
      int status = sent == null ? request.getResponse().getStatus() : (Integer) sent;
      request.setAttribute(EXCHANGE, null);
      SondeBridge.finished(exchange, status, null);
    }
  }

  /** The last moment of every request: what has no end yet ends here. */
  static final class RequestGoneAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Request request) {
      Object exchange = request.getAttribute(EXCHANGE);
      if (exchange == null) {
        return;
      }
      Response response = request.getResponse();
      int status = 0;
      if (response != null && response.isCommitted()) {
        Object sent = request.getAttribute(SENT_STATUS);
        status = sent == null ? response.getStatus() : (Integer) sent;
      }
      SondeBridge.finished(exchange, status, null);
    }
  }

  /** An exception has left the web application, or is reported by its error attribute. */
  static final class ThrowableAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) org.apache.catalina.connector.Request request,
        @Advice.Argument(2) Throwable thrown) {
      Request coyote = request.getCoyoteRequest();
      Object broken = coyote.getAttribute(JAVAX_ERROR);
      if (broken == null) {
        broken = coyote.getAttribute(JAKARTA_ERROR);
      }
      Throwable cause = thrown;
      for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
        if (cause instanceof ClientAbortException
            || cause instanceof IOException && cause == broken) {
          return; // the client has gone: nothing is wrong with the handler
        }
        cause = cause.getCause();
      }
      SondeBridge.failed(coyote.getAttribute(EXCHANGE), thrown);
    }
  }

  /** A listener of an asynchronous request has thrown, or its connection broke. */
  static final class AsyncErrorAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("request") org.apache.catalina.connector.Request request,
        @Advice.Argument(0) Throwable thrown) {
      if (thrown == null || request == null) {
        return;
      }
      Request coyote = request.getCoyoteRequest();
      Object broken = coyote.getAttribute(JAVAX_ERROR);
      if (broken == null) {
        broken = coyote.getAttribute(JAKARTA_ERROR);
      }
      Throwable cause = thrown;
      for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
        if (cause instanceof ClientAbortException
            || cause instanceof IOException && cause == broken) {
          return;
        }
        cause = cause.getCause();
      }
      SondeBridge.failed(coyote.getAttribute(EXCHANGE), thrown);
    }
  }
}
