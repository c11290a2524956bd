// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.instrumentation.healthchecks.HealthChecksInstrumentation;
import io.sonde.agent.instrumentation.hikari.HikariInstrumentation;
import io.sonde.agent.instrumentation.javahttpclient.JavaHttpClientInstrumentation;
import io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerInstrumentation;
import io.sonde.agent.instrumentation.jetty.JettyInstrumentation;
import io.sonde.agent.instrumentation.logback.LogbackInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyInstrumentation;
import io.sonde.agent.instrumentation.shutdown.ShutdownInstrumentation;
import io.sonde.agent.instrumentation.springmvc.SpringMvcInstrumentation;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import io.sonde.agent.instrumentation.uncaught.UncaughtInstrumentation;
import io.sonde.agent.instrumentation.undertow.UndertowInstrumentation;
import io.sonde.agent.instrumentation.urlconnection.UrlConnectionInstrumentation;
import io.sonde.agent.instrumentation.virtualthreads.VirtualThreadsInstrumentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** THE list: every library that Sonde instruments, a line each. */
public final class Instrumentations {

  private Instrumentations() {}

  public static List<Instrumentation> all() {
    return Collections.unmodifiableList(
        Arrays.<Instrumentation>asList(
            new TomcatInstrumentation(),
            new JdkHttpServerInstrumentation(),
            new JettyInstrumentation(),
            new UndertowInstrumentation(),
            new NettyInstrumentation(),
            new SpringMvcInstrumentation(),
            new UrlConnectionInstrumentation(),
            new JavaHttpClientInstrumentation(),
            new ExecutorsInstrumentation(),
            new ForkJoinInstrumentation(),
            new VirtualThreadsInstrumentation(),
            new LogbackInstrumentation(),
            new HikariInstrumentation(),
            new HealthChecksInstrumentation(),
            new UncaughtInstrumentation(),
            new ShutdownInstrumentation()));
  }
}
