// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.instrumentation.reactornetty.ReactorNettyInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot's error page, in its own server. */
class WebFluxBootTest {

  private static final String LOGGING = "org.springframework.boot.logging.LoggingSystem";

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ReactorNettyInstrumentation(),
          new WebFluxInstrumentation());

  private static ConfigurableApplicationContext application;
  private static int port;

  @BeforeAll
  static void startApplication() {
    System.setProperty(LOGGING, "none"); // the tests' own stays as it is
    SpringApplication boot = new SpringApplication();
    boot.setWebApplicationType(WebApplicationType.REACTIVE);
    boot.setSources(sources());
    application =
        boot.run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off");
    port = Integer.parseInt(application.getEnvironment().getProperty("local.server.port"));
  }

  /** What auto-configuration would choose; 4 has it elsewhere. */
  private static Set<String> sources() {
    Set<String> sources = new LinkedHashSet<>();
    sources.add(WebFluxApplication.class.getName());
    String webflux = "org.springframework.boot.autoconfigure.web.reactive.";
    if (isPresent(webflux + "HttpHandlerAutoConfiguration")) {
      sources.add("org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory");
      sources.add(webflux + "ReactiveWebServerFactoryAutoConfiguration");
    } else {
      webflux = "org.springframework.boot.webflux.autoconfigure.";
      sources.add(
          "org.springframework.boot.reactor.netty.autoconfigure"
              + ".NettyReactiveWebServerAutoConfiguration");
    }
    sources.add(webflux + "HttpHandlerAutoConfiguration");
    sources.add(webflux + "error.ErrorWebFluxAutoConfiguration");
    return sources;
  }

  private static boolean isPresent(String type) {
    try {
      Class.forName(type);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @AfterAll
  static void stopApplication() {
    application.close();
    System.clearProperty(LOGGING);
  }

  @Test
  void recordsAnExceptionThatTheErrorPageAnswers() throws Exception {
    RawClient.Response response = RawClient.get(port, "/boom/7", "Accept: text/html");

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).contains("Whitelabel");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.route()).isEqualTo("/boom/{id}");
    assertThat(exchange.thrown()).isInstanceOf(IOException.class).hasMessage("boom 7");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void aPageOfLessThan500IsAResponse() throws Exception {
    assertThat(RawClient.get(port, "/refused/7", "Accept: text/html").status()).isEqualTo(409);
    Exchange refused = sonde.nextExchange();
    assertThat(refused.route()).isEqualTo("/refused/{id}");
    assertThat(refused.thrown()).isNull();

    assertThat(RawClient.get(port, "/nowhere/7", "Accept: text/html").status()).isEqualTo(404);
    Exchange nowhere = sonde.nextExchange();
    assertThat(nowhere.route()).isEqualTo("unmatched");
    assertThat(nowhere.thrown()).isNull();
  }
}
