// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.agent.instrumentation.agroal.AgroalInstrumentation;
import io.sonde.agent.instrumentation.apachehttpasyncclient4.ApacheHttpAsyncClient4Instrumentation;
import io.sonde.agent.instrumentation.apachehttpclient4.ApacheHttpClient4Instrumentation;
import io.sonde.agent.instrumentation.apachehttpclient5.ApacheHttpClient5Instrumentation;
import io.sonde.agent.instrumentation.armeria.ArmeriaInstrumentation;
import io.sonde.agent.instrumentation.asynchttpclient.AsyncHttpClientInstrumentation;
import io.sonde.agent.instrumentation.c3p0.C3p0Instrumentation;
import io.sonde.agent.instrumentation.coroutines.CoroutinesInstrumentation;
import io.sonde.agent.instrumentation.dbcp2.Dbcp2Instrumentation;
import io.sonde.agent.instrumentation.druid.DruidInstrumentation;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.executors.ForkJoinInstrumentation;
import io.sonde.agent.instrumentation.executors.TimerInstrumentation;
import io.sonde.agent.instrumentation.futures.FuturesInstrumentation;
import io.sonde.agent.instrumentation.grizzly.GrizzlyInstrumentation;
import io.sonde.agent.instrumentation.grpc.GrpcInstrumentation;
import io.sonde.agent.instrumentation.healthchecks.HealthChecksInstrumentation;
import io.sonde.agent.instrumentation.helidon.HelidonInstrumentation;
import io.sonde.agent.instrumentation.hikari.HikariInstrumentation;
import io.sonde.agent.instrumentation.javahttpclient.JavaHttpClientInstrumentation;
import io.sonde.agent.instrumentation.javalin.JavalinInstrumentation;
import io.sonde.agent.instrumentation.jbosslogmanager.JBossLogManagerInstrumentation;
import io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerInstrumentation;
import io.sonde.agent.instrumentation.jedis.JedisInstrumentation;
import io.sonde.agent.instrumentation.jersey.JerseyInstrumentation;
import io.sonde.agent.instrumentation.jetty.JettyInstrumentation;
import io.sonde.agent.instrumentation.jettyclient.JettyClientInstrumentation;
import io.sonde.agent.instrumentation.jul.JulInstrumentation;
import io.sonde.agent.instrumentation.kafka.KafkaInstrumentation;
import io.sonde.agent.instrumentation.lettuce.LettuceInstrumentation;
import io.sonde.agent.instrumentation.log4j1.Log4j1Instrumentation;
import io.sonde.agent.instrumentation.log4j2.Log4j2Instrumentation;
import io.sonde.agent.instrumentation.logback.LogbackInstrumentation;
import io.sonde.agent.instrumentation.mongodb.MongoInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyInstrumentation;
import io.sonde.agent.instrumentation.okhttp.OkHttpInstrumentation;
import io.sonde.agent.instrumentation.reactornetty.ReactorNettyInstrumentation;
import io.sonde.agent.instrumentation.resteasy.ResteasyInstrumentation;
import io.sonde.agent.instrumentation.servlet.ServletInstrumentation;
import io.sonde.agent.instrumentation.shutdown.ShutdownInstrumentation;
import io.sonde.agent.instrumentation.springmvc.SpringMvcInstrumentation;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import io.sonde.agent.instrumentation.tomcatjdbc.TomcatJdbcInstrumentation;
import io.sonde.agent.instrumentation.ucp.UcpInstrumentation;
import io.sonde.agent.instrumentation.uncaught.UncaughtInstrumentation;
import io.sonde.agent.instrumentation.undertow.UndertowInstrumentation;
import io.sonde.agent.instrumentation.urlconnection.UrlConnectionInstrumentation;
import io.sonde.agent.instrumentation.vertx.VertxInstrumentation;
import io.sonde.agent.instrumentation.vertxweb.VertxWebInstrumentation;
import io.sonde.agent.instrumentation.vibur.ViburInstrumentation;
import io.sonde.agent.instrumentation.virtualthreads.VirtualThreadsInstrumentation;
import io.sonde.agent.instrumentation.webflux.WebFluxInstrumentation;
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
            new NettyHttpInstrumentation(),
            new NettyEventLoopInstrumentation(),
            new ReactorNettyInstrumentation(),
            new VertxInstrumentation(),
            new ServletInstrumentation(),
            new GrpcInstrumentation(),
            new ArmeriaInstrumentation(),
            new GrizzlyInstrumentation(),
            new HelidonInstrumentation(),
            new SpringMvcInstrumentation(),
            new WebFluxInstrumentation(),
            new VertxWebInstrumentation(),
            new JerseyInstrumentation(),
            new ResteasyInstrumentation(),
            new JavalinInstrumentation(),
            new UrlConnectionInstrumentation(),
            new JavaHttpClientInstrumentation(),
            new ApacheHttpClient4Instrumentation(),
            new ApacheHttpClient5Instrumentation(),
            new OkHttpInstrumentation(),
            new JettyClientInstrumentation(),
            new ApacheHttpAsyncClient4Instrumentation(),
            new AsyncHttpClientInstrumentation(),
            new ExecutorsInstrumentation(),
            new ForkJoinInstrumentation(),
            new TimerInstrumentation(),
            new CoroutinesInstrumentation(),
            new VirtualThreadsInstrumentation(),
            new LogbackInstrumentation(),
            new Log4j2Instrumentation(),
            new Log4j1Instrumentation(),
            new JulInstrumentation(),
            new JBossLogManagerInstrumentation(),
            new HikariInstrumentation(),
            new HealthChecksInstrumentation(),
            new Dbcp2Instrumentation(),
            new TomcatJdbcInstrumentation(),
            new C3p0Instrumentation(),
            new DruidInstrumentation(),
            new AgroalInstrumentation(),
            new UcpInstrumentation(),
            new ViburInstrumentation(),
            new LettuceInstrumentation(),
            new JedisInstrumentation(),
            new MongoInstrumentation(),
            new KafkaInstrumentation(),
            new UncaughtInstrumentation(),
            new FuturesInstrumentation(),
            new ShutdownInstrumentation()));
  }
}
