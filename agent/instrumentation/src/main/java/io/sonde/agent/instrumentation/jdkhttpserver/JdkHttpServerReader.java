// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.instrumentation.ServerNumbers;
import java.util.Collection;

/** Reads what the JDK's server was seen with. For Sonde's threads. */
public final class JdkHttpServerReader {

  private JdkHttpServerReader() {}

  /** E.g. {@code jdk:8080}. */
  public static String name(Object server) {
    return server instanceof HttpServer ? "jdk:" + port(server) : JdkHttpServerInstrumentation.KIND;
  }

  public static int port(Object server) {
    return server instanceof HttpServer ? ((HttpServer) server).getAddress().getPort() : 0;
  }

  /**
   * @param connections the server's own set of them
   */
  public static int openSockets(Object connections) {
    return connections instanceof Collection ? ((Collection<?>) connections).size() : -1;
  }

  /** Of the JVM, read by the server from this property (later updates of 17; 21). */
  public static int maxSockets() {
    return ServerNumbers.limit(Integer.getInteger("jdk.httpserver.maxConnections", -1));
  }
}
