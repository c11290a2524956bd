// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.eclipse.jetty.server.Handler;

/**
 * The contract's application as a handler of Jetty's own: of {@code Handler.Abstract} in 12, of
 * {@code AbstractHandler} before. Made at run time, since it compiles against 9.4.
 */
final class Handlers {

  private static final String CORE = "org.eclipse.jetty.server.Handler$Abstract";
  private static final String PLAIN = "org.eclipse.jetty.server.handler.AbstractHandler";

  private Handlers() {}

  static Handler application() throws ReflectiveOperationException {
    boolean core = EmbeddedJetty.hasCore();
    InvocationHandler application = core ? Handlers::serveCore : Handlers::servePlain;
    return (Handler)
        new ByteBuddy()
            .subclass(Class.forName(core ? CORE : PLAIN))
            .method(ElementMatchers.named("handle"))
            .intercept(InvocationHandlerAdapter.of(application))
            .make()
            .load(Handlers.class.getClassLoader())
            .getLoaded()
            .getConstructor()
            .newInstance();
  }

  private interface Work {
    void run() throws Throwable;
  }

  private static void later(Work work) {
    new Thread(
            () -> {
              try {
                Thread.sleep(TestApplication.ASYNC_MILLIS);
                work.run();
              } catch (Throwable e) {
                throw new AssertionError(e);
              }
            })
        .start();
  }

  /** By name, of whatever class; the arguments decide among overloads. */
  private static Object call(Object target, String name, Object... arguments) throws Throwable {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && accepts(method.getParameterTypes(), arguments)) {
        method.setAccessible(true);
        try {
          return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    }
    throw new NoSuchMethodException(name + Arrays.toString(arguments));
  }

  private static boolean accepts(Class<?>[] types, Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!MethodType.methodType(types[i]).wrap().returnType().isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  // ---- 9.4 to 11 -------------------------------------------------------------------------------

  /** {@code handle(target, baseRequest, request, response)}. */
  private static Object servePlain(Object handler, Method method, Object[] arguments)
      throws Throwable {
    Object request = arguments[1];
    String path = (String) arguments[0];
    call(request, "setHandled", true);
    if (path.startsWith("/async") || path.equals("/fails-later")) {
      Object async = call(request, "startAsync");
      later(
          () -> {
            answerPlain(request, path);
            call(async, "complete");
          });
    } else {
      answerPlain(request, path);
    }
    return null;
  }

  private static void answerPlain(Object request, String path) throws Throwable {
    Answer answer = TestApplication.answer(path);
    Object response = call(request, "getResponse");
    call(response, "setStatus", answer.status());
    for (var header : answer.headers().entrySet()) {
      call(response, "setHeader", header.getKey(), header.getValue());
    }
    call(call(response, "getOutputStream"), "write", answer.body().getBytes(UTF_8));
  }

  // ---- 12 --------------------------------------------------------------------------------------

  /** {@code handle(request, response, callback)}. */
  private static Object serveCore(Object handler, Method method, Object[] arguments)
      throws Throwable {
    String path = (String) call(call(arguments[0], "getHttpURI"), "getDecodedPath");
    if (path.equals("/unhandled")) {
      return false;
    } else if (path.equals("/fails-later")) {
      later(() -> call(arguments[2], "failed", new IllegalStateException("failed later")));
    } else if (path.equals("/async")) {
      later(() -> answerCore(path, arguments[1], arguments[2]));
    } else {
      answerCore(path, arguments[1], arguments[2]);
    }
    return true;
  }

  private static void answerCore(String path, Object response, Object callback) throws Throwable {
    Answer answer = TestApplication.answer(path);
    call(response, "setStatus", answer.status());
    Object headers = call(response, "getHeaders");
    for (var header : answer.headers().entrySet()) {
      call(headers, "put", header.getKey(), header.getValue());
    }
    call(response, "write", true, ByteBuffer.wrap(answer.body().getBytes(UTF_8)), callback);
  }
}
