// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.armeria;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmeriaServerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ArmeriaInstrumentation());

  private Server server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  @Override
  protected int start() {
    server =
        Server.builder()
            .http(0)
            .annotatedService(new Orders())
            .service("regex:^/words/[a-z]+$", (context, request) -> HttpResponse.of("word"))
            .service("/shops/{shop}/items/{item}", (context, request) -> HttpResponse.of("item"))
            .serviceUnder("/files", (context, request) -> HttpResponse.of("file"))
            .service("/failing/{id}", (context, request) -> failing())
            .service("/later-failing/{id}", (context, request) -> HttpResponse.from(later()))
            .service("/refused/{id}", (context, request) -> refuse())
            .serviceUnder("/", this::serve)
            .build();
    server.start().join();
    return server.activeLocalPort();
  }

  @Override
  protected void stop() {
    server.stop(); // waits for 2 s
  }

  private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String path = context.decodedPath();
    if (path.equals("/async")) {
      CompletableFuture<HttpResponse> later = new CompletableFuture<>();
      context
          .eventLoop()
          .schedule(
              () -> later.complete(send(path)),
              TestApplication.ASYNC_MILLIS,
              TimeUnit.MILLISECONDS);
      return HttpResponse.from(later);
    }
    return send(path);
  }

  private static HttpResponse send(String path) {
    Answer answer = TestApplication.answer(path);
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(answer.status()));
    answer.headers().forEach(headers::add);
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(answer.body()));
  }

  private static HttpResponse failing() {
    return HttpResponse.ofFailure(new IOException("failing"));
  }

  /** Completed by a thread that nobody follows. */
  private static CompletionStage<HttpResponse> later() {
    CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    new Thread(() -> later.completeExceptionally(new IOException("later"))).start();
    return later;
  }

  private static HttpResponse refuse() {
    throw HttpStatusException.of(503);
  }

  /** An annotated service. */
  public static final class Orders {
    @Get("/orders/{order}")
    public String find(@Param("order") int order) {
      return "order " + order;
    }

    @Get("/odd/{order}")
    public String odd(@Param("order") int order) {
      throw new IllegalArgumentException("odd");
    }

    @Get("/boom/{order}")
    public String boom(@Param("order") int order) {
      throw new IllegalStateException("boom");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/7, 200, /orders/{order}",
    "/odd/7, 400, /odd/{order}",
    "/shops/7/items/8, 200, /shops/{shop}/items/{item}",
    "/words/a, 200, ^/words/[a-z]+$",
    "/files/a/b, 200, /files/*",
    "/refused/7, 503, /refused/{id}",
    "/created, 201, /created",
    "/nowhere, 404, unmatched"
  })
  void namesTheRoute(String path, int status, String route) throws Exception {
    assertThat(RawClient.get(port(), path).status()).isEqualTo(status);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(status);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.thrown()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/boom/7, /boom/{order}, boom",
    "/failing/7, /failing/{id}, failing",
    "/later-failing/7, /later-failing/{id}, later"
  })
  void recordsAnExceptionByWhateverThread(String path, String route, String message)
      throws Exception {
    assertThat(RawClient.get(port(), path).status()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.route()).isEqualTo(route);
    assertThat(exchange.thrown()).hasMessage(message);
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void theFallbackHasNoRoute() throws Exception {
    RawClient.get(port(), "/hello/7");

    assertThat(sonde.nextExchange().route()).isEqualTo("unmatched");
  }
}
