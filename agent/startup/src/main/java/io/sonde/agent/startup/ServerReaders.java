// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.ServerNumbers;
import io.sonde.agent.instrumentation.grizzly.GrizzlyInstrumentation;
import io.sonde.agent.instrumentation.grizzly.GrizzlyServerReader;
import io.sonde.agent.instrumentation.helidon.HelidonInstrumentation;
import io.sonde.agent.instrumentation.helidon.HelidonServerReader;
import io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerInstrumentation;
import io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerReader;
import io.sonde.agent.instrumentation.jetty.JettyInstrumentation;
import io.sonde.agent.instrumentation.jetty.JettyServerReader;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import io.sonde.agent.instrumentation.tomcat.TomcatServerReader;
import io.sonde.agent.instrumentation.undertow.UndertowInstrumentation;
import io.sonde.agent.instrumentation.undertow.UndertowServerReader;
import io.sonde.agent.recording.ServerTable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** How each kind of server is read. */
final class ServerReaders {

  private ServerReaders() {}

  /** Null for a kind that tells nothing, or that this version does not know. */
  static ServerTable.@Nullable Reader of(String kind) {
    switch (kind) {
      case TomcatInstrumentation.KIND:
        return reader(
            TomcatServerReader::name,
            TomcatServerReader::port,
            TomcatServerReader::openSockets,
            TomcatServerReader::maxSockets);
      case JdkHttpServerInstrumentation.KIND:
        return reader(
            JdkHttpServerReader::name,
            JdkHttpServerReader::port,
            JdkHttpServerReader::openSockets,
            connections -> JdkHttpServerReader.maxSockets());
      case JettyInstrumentation.KIND:
        return reader(
            JettyServerReader::name,
            JettyServerReader::port,
            JettyServerReader::openSockets,
            connector -> JettyServerReader.maxSockets());
      case UndertowInstrumentation.KIND:
        return reader(
            UndertowServerReader::name,
            UndertowServerReader::port,
            UndertowServerReader::openSockets,
            undertow -> UndertowServerReader.maxSockets());
      case GrizzlyInstrumentation.KIND:
        return reader(
            GrizzlyServerReader::name, GrizzlyServerReader::port, listener -> -1, listener -> -1);
      case HelidonInstrumentation.KIND:
        return reader(
            HelidonServerReader::name, HelidonServerReader::port, server -> -1, server -> -1);
      default:
        return null;
    }
  }

  private static ServerTable.Reader reader(
      Function<Object, String> name,
      ToIntFunction<Object> port,
      ToIntFunction<Object> open,
      ToIntFunction<Object> max) {
    return new ServerTable.Reader() {
      @Override
      public String name(Object server) {
        return name.apply(server);
      }

      @Override
      public int port(Object server) {
        return port.applyAsInt(server);
      }

      @Override
      public int openSockets(Object sockets) {
        return open.applyAsInt(sockets);
      }

      @Override
      public int maxSockets(Object sockets) {
        return max.applyAsInt(sockets);
      }

      @Override
      public int busyThreads(Object threads) {
        return ServerNumbers.busyThreads(threads);
      }

      @Override
      public int maxThreads(Object threads) {
        return ServerNumbers.maxThreads(threads);
      }
    };
  }
}
