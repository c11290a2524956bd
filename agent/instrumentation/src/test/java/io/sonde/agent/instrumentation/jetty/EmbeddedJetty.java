// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import io.sonde.agent.instrumentation.tomcat.ScenarioServlet;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A real Jetty of whatever version is on the class path, on a free port of the loopback address.
 * What differs is named, not linked: it compiles against 9.4.
 */
final class EmbeddedJetty {

  private final QueuedThreadPool threads = new QueuedThreadPool(8);
  private final Server server = new Server(threads);

  /** True from 12 on, whose handlers know nothing of servlets. */
  static boolean hasCore() {
    return exists("org.eclipse.jetty.server.Handler$Abstract");
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** A context with the contract's servlet on each of the patterns. */
  static Handler context(String... patterns) throws ReflectiveOperationException {
    String api = servletApi();
    Class<?> type = Class.forName(api + "ServletContextHandler");
    Object context = type.getConstructor().newInstance();
    Method add = type.getMethod("addServlet", String.class, String.class);
    for (String pattern : patterns) {
      add.invoke(context, ScenarioServlet.className(), pattern);
    }
    Object errors = Class.forName(api + "ErrorPageErrorHandler").getConstructor().newInstance();
    errors
        .getClass()
        .getMethod("addErrorPage", int.class, String.class)
        .invoke(errors, 409, "/error-page");
    setErrorHandler(context, errors);
    return (Handler)
        (context instanceof Handler
            ? context
            : type.getMethod("getCoreContextHandler").invoke(context));
  }

  /** The package of servlet contexts: in 12 of the environment that is on the class path. */
  private static String servletApi() {
    return Stream.of("", "ee8.", "ee9.", "ee10.", "ee11.")
        .map(environment -> "org.eclipse.jetty." + environment + "servlet.")
        .filter(api -> exists(api + "ServletContextHandler"))
        .findFirst()
        .orElseThrow();
  }

  private static void setErrorHandler(Object context, Object errors)
      throws ReflectiveOperationException {
    for (Method method : context.getClass().getMethods()) {
      if (method.getName().equals("setErrorHandler")
          && method.getParameterTypes()[0].isInstance(errors)) {
        method.invoke(context, errors);
        return;
      }
    }
    throw new NoSuchMethodException("setErrorHandler");
  }

  /** Returns the port. */
  int start(Handler handler) throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    return connector.getLocalPort();
  }

  QueuedThreadPool threads() {
    return threads;
  }

  void stop() throws Exception {
    server.stop();
  }
}
