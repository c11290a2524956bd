// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jersey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jaxrs.JavaxApplication;
import io.sonde.agent.instrumentation.jaxrs.ResourceContract;
import io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerInstrumentation;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.recording.Exchange;
import java.net.URI;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jersey 2 without servlets, on the JDK's server. */
class JerseyJdkServerTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JdkHttpServerInstrumentation(), new JerseyInstrumentation());

  private static HttpServer server;
  private static int port;

  @BeforeAll
  static void startServer() throws Exception {
    assumeTrue(EmbeddedTomcat.isJavax(), "Jersey 2");
    ResourceContract.choose("javax", JerseyInstrumentationTest.DELEGATE);
    ResourceConfig application = ResourceConfig.forApplicationClass(JavaxApplication.class);
    application.property("jersey.config.server.wadl.disableWadl", true);
    server =
        JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/api/"), application);
    port = server.getAddress().getPort();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void namesTheTemplateAndTheResourcesMethod() throws Exception {
    assertThat(RawClient.get(port, "/api/orders/7").body()).isEqualTo("order 7");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.library()).isEqualTo("jdk-http-server");
    assertThat(exchange.route()).isEqualTo("/api/orders/{id}");
    assertThat(exchange.handler()).endsWith("Application$Orders#find(long)");
  }

  @Test
  void theServersContextDoesNotWin() throws Exception {
    assertThat(RawClient.get(port, "/api/").body()).isEqualTo("root");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/api");
    assertThat(exchange.handler()).endsWith("Application$Root#root()");
  }

  @Test
  void namesWhatNoResourceMatchesUnmatched() throws Exception {
    assertThat(RawClient.get(port, "/api/nowhere/7").status()).isEqualTo(404);

    assertThat(sonde.nextExchange().route()).isEqualTo("unmatched");
  }
}
