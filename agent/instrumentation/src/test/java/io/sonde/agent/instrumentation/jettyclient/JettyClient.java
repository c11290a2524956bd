// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jettyclient;

import io.sonde.agent.instrumentation.contract.HttpClientContract.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;

/**
 * Jetty's client of whatever version is on the class path. Its API has moved from {@code
 * client.api} and {@code client.util} to {@code client} in 12: what has is named, not linked.
 */
final class JettyClient implements AutoCloseable {

  private static final String PACKAGE = "org.eclipse.jetty.client.";
  private static final Class<?> REQUEST = either("api.Request", "Request");
  private static final Class<?> RESPONSE = either("api.Response", "Response");
  private static final Class<?> CONTENT_RESPONSE = either("api.ContentResponse", "ContentResponse");
  private static final Class<?> RESULT = either("api.Result", "Result");

  final HttpClient client;

  JettyClient(HttpClient client) throws Exception {
    this.client = client;
    client.start();
  }

  static boolean is9() {
    return find(PACKAGE + "util.StringContentProvider") != null
        && find(PACKAGE + "util.StringRequestContent") == null;
  }

  static Class<?> either(String... names) {
    for (String name : names) {
      Class<?> type = find(PACKAGE + name);
      if (type != null) {
        return type;
      }
    }
    throw new AssertionError(names[0]);
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  static Object call(Class<?> type, Object target, String name, Object... arguments)
      throws Exception {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && takes(method, arguments)) {
        try {
          return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          throw (Exception) e.getCause();
        }
      }
    }
    throw new NoSuchMethodException(type.getName() + "." + name);
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    boolean takes = types.length == arguments.length;
    for (int i = 0; takes && i < types.length; i++) {
      takes = types[i].isPrimitive() || types[i].isInstance(arguments[i]);
    }
    return takes;
  }

  Request request(String method, URI uri) throws Exception {
    Object request = call(HttpClient.class, client, "newRequest", uri);
    return new Request(call(REQUEST, request, "method", method));
  }

  /** As the application would: it sees what was thrown. */
  Result call(String method, URI uri, Map<String, String> headers, String body) throws Exception {
    Request request = request(method, uri);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request.header(header.getKey(), header.getValue());
    }
    if (body != null) {
      request.body(body);
    }
    return request.send();
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** One of the library's. */
  record Request(Object request) {

    void header(String name, String value) throws Exception {
      try {
        call(REQUEST, request, "header", name, value);
      } catch (NoSuchMethodException e) { // 12
        Class<?> fields = Class.forName("org.eclipse.jetty.http.HttpFields$Mutable");
        Consumer<Object> add =
            headers -> {
              try {
                call(fields, headers, "add", name, value);
              } catch (Exception f) {
                throw new AssertionError(f);
              }
            };
        call(REQUEST, request, "headers", add);
      }
    }

    String headers() throws Exception {
      return call(REQUEST, request, "getHeaders").toString();
    }

    Map<?, ?> attributes() throws Exception {
      return (Map<?, ?>) call(REQUEST, request, "getAttributes");
    }

    void body(String body) throws Exception {
      Class<?> content =
          either("StringRequestContent", "util.StringRequestContent", "util.StringContentProvider");
      Object provider = content.getConstructor(String.class).newInstance(body);
      call(REQUEST, request, is9() ? "content" : "body", provider);
    }

    void timeout(long millis) throws Exception {
      call(REQUEST, request, "timeout", millis, TimeUnit.MILLISECONDS);
    }

    void abort(Throwable cause) throws Exception {
      call(REQUEST, request, "abort", cause);
    }

    Result send() throws Exception {
      try {
        Object response = call(REQUEST, request, "send");
        return new Result(
            (int) call(RESPONSE, response, "getStatus"),
            (String) call(CONTENT_RESPONSE, response, "getContentAsString"));
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
      }
    }

    /** Asynchronously: the listener gets the name of each event, last {@code onComplete}. */
    void send(BiConsumer<String, Throwable> listener) throws Exception {
      Class<?> type = either("api.Response$Listener", "Response$Listener");
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return method.getName().equals("hashCode") ? (Object) 1 : self == arguments[0];
                }
                return event(listener, self, method, arguments);
              });
      call(REQUEST, request, "send", proxy);
    }

    private static Object event(
        BiConsumer<String, Throwable> listener, Object self, Method method, Object... arguments)
        throws Throwable {
      Throwable failure = null;
      if (method.getName().equals("onComplete")) {
        failure = (Throwable) call(RESULT, arguments[0], "getFailure");
      }
      listener.accept(method.getName(), failure);
      if (method.isDefault()) {
        return java.lang.reflect.InvocationHandler.invokeDefault(self, method, arguments);
      }
      return method.getReturnType() == boolean.class ? true : null;
    }
  }
}
