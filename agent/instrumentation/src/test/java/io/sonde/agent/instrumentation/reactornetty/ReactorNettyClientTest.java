// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

class ReactorNettyClientTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ReactorNettyInstrumentation());

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  @Override
  protected boolean seesConnecting() {
    return false;
  }

  @Override
  protected boolean beginsOnCallersThread() {
    return false;
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    try {
      return HttpClient.create()
          .disableRetry(true)
          .followRedirect(true)
          .headers(all -> headers.forEach(all::set))
          .headers(all -> all.set("Content-Length", body == null ? 0 : body.length()))
          .request(HttpMethod.valueOf(method))
          .uri(uri.toString())
          .send(ByteBufFlux.fromString(body == null ? Mono.empty() : Mono.just(body)))
          .responseSingle(
              (response, content) ->
                  content
                      .asString()
                      .defaultIfEmpty("")
                      .map(text -> new Result(response.status().code(), text)))
          .block(Duration.ofSeconds(10));
    } catch (RuntimeException e) {
      Throwable cause = Exceptions.unwrap(e);
      if (cause instanceof IOException) {
        throw (IOException) cause;
      }
      throw e;
    }
  }

  @Test
  void aRedirectIsForTheSameCaller() throws Exception {
    Exchange parent = sonde.serving(() -> get("/redirect"));

    for (int i = 0; i < 3; i++) {
      Exchange exchange = sonde.nextExchange();
      if (exchange != parent) {
        assertThat(exchange.parentId()).isEqualTo(parent.spanId());
      }
    }
  }
}
