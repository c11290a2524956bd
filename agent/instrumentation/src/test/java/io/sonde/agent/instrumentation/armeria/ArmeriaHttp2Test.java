// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchange.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Armeria's own client calls its server: each request is one of each. */
class ArmeriaHttp2Test {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ArmeriaInstrumentation());

  private static Server server;

  @BeforeAll
  static void startServer() {
    server =
        Server.builder()
            .http(0)
            .service("/orders/{id}", (context, request) -> HttpResponse.of("order"))
            .service(
                "/failing/{id}",
                (context, request) -> HttpResponse.ofFailure(new IOException("failing")))
            .build();
    server.start().join();
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  private static AggregatedHttpResponse get(SessionProtocol protocol, String path) {
    String address = "127.0.0.1:" + server.activeLocalPort();
    return WebClient.of(protocol.uriText() + "://" + address).get(path).aggregate().join();
  }

  @Test
  void countsARequestOfPriorKnowledgeOnce() {
    AggregatedHttpResponse response = get(SessionProtocol.H2C, "/orders/7");

    assertThat(response.contentUtf8()).isEqualTo("order");
    Exchange served = served("/orders/7");
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.route()).isEqualTo("/orders/{id}");
    assertThat(served.thrown()).isNull();
    assertThat(response.headers().get("x-request-id")).isEqualTo(served.requestId());
  }

  @Test
  void recordsAnException() {
    assertThat(get(SessionProtocol.H2C, "/failing/7").status().code()).isEqualTo(500);

    Exchange served = served("/failing/7");
    assertThat(served.status()).isEqualTo(500);
    assertThat(served.route()).isEqualTo("/failing/{id}");
    assertThat(served.thrown()).hasMessage("failing");
    assertThat(sonde.nextError().exchange()).isSameAs(served);
  }

  @Test
  void countsARequestThatMayBeUpgradedOnce() {
    assertThat(get(SessionProtocol.HTTP, "/orders/8").contentUtf8()).isEqualTo("order");

    assertThat(served("/orders/8").route()).isEqualTo("/orders/{id}");
  }

  /** Of the two ends of a call, in no order, that of the server. */
  private static Exchange served(String path) {
    List<Exchange> both = new ArrayList<>();
    both.add(sonde.nextExchange());
    both.add(sonde.nextExchange());
    assertThat(both).allMatch(exchange -> exchange.path().equals(path));
    List<Exchange> served = both.stream().filter(e -> e.kind() == Kind.SERVER).toList();
    assertThat(served).hasSize(1);
    return served.get(0);
  }
}
