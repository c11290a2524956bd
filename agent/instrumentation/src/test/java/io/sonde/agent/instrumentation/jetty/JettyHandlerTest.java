// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.recording.Exchange;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jetty's own handlers, without servlets: in 12 its core alone. */
class JettyHandlerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JettyInstrumentation());

  private EmbeddedJetty server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "jetty";
  }

  @Override
  protected int start() throws Exception {
    server = new EmbeddedJetty();
    return server.start(Handlers.application());
  }

  @Override
  protected void stop() throws Exception {
    server.stop();
  }

  @Test
  void recordsACallbackThatIsFailedByAnotherThread() throws Exception {
    assumeTrue(EmbeddedJetty.hasCore(), "handlers have a callback from 12 on");

    assertThat(RawClient.get(port(), "/fails-later").status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).hasMessage("failed later");
    assertThat(exchange.durationNanos())
        .isGreaterThanOrEqualTo(
            TimeUnit.MILLISECONDS.toNanos(TestApplication.ASYNC_MILLIS * 9 / 10));
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void countsWhatNoHandlerTakes() throws Exception {
    assumeTrue(EmbeddedJetty.hasCore(), "before 12 the test's handler takes all");

    RawClient.Response response = RawClient.get(port(), "/unhandled");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(response.status()).isEqualTo(404);
    assertThat(response.header("X-Request-ID")).isEqualTo(exchange.requestId());
  }
}
