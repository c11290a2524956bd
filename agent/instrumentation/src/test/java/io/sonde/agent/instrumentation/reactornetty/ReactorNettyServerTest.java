// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchange.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty's server, and its client inside of it. */
class ReactorNettyServerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ReactorNettyInstrumentation());

  private final HttpClient client = HttpClient.newConnection();
  private DisposableServer server;

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
    server = HttpServer.create().host("127.0.0.1").port(0).handle(this::serve).bindNow();
    return server.port();
  }

  @Override
  protected void stop() {
    server.disposeNow();
  }

  private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
    String path = "/" + request.path();
    if (path.equals("/async")) {
      return Mono.delay(Duration.ofMillis(TestApplication.ASYNC_MILLIS))
          .flatMap(tick -> Mono.from(send(response, path)));
    }
    if (path.equals("/chain")) {
      return call("/hello")
          .flatMap(body -> call("/created"))
          .then(Mono.from(send(response, "/hello")));
    }
    if (path.equals("/later")) {
      return Mono.delay(Duration.ofMillis(20))
          .flatMap(tick -> call("/created"))
          .then(Mono.from(send(response, "/hello")));
    }
    return Mono.defer(() -> Mono.from(send(response, path)));
  }

  private Mono<String> call(String path) {
    return client
        .get()
        .uri("http://127.0.0.1:" + server.port() + path)
        .responseContent()
        .aggregate()
        .asString();
  }

  private static Publisher<Void> send(HttpServerResponse response, String path) {
    Answer answer = TestApplication.answer(path);
    answer.headers().forEach(response::header);
    return response
        .status(answer.status())
        .header("Content-Length", String.valueOf(answer.body().length()))
        .send(ByteBufFlux.fromString(Mono.just(answer.body())))
        .then();
  }

  @Test
  void callsAreChildrenOfTheRequestThatMakesThem() throws Exception {
    RawClient.get(port(), "/chain");

    List<Exchange> all = next(5);
    Exchange chain = only(all, Kind.SERVER, "/chain");
    Exchange toHello = only(all, Kind.CLIENT, "/hello");
    Exchange toCreated = only(all, Kind.CLIENT, "/created");
    assertThat(toHello.parentId()).isEqualTo(chain.spanId());
    assertThat(only(all, Kind.SERVER, "/hello").parentId()).isEqualTo(toHello.spanId());
    assertThat(toCreated.parentId()).as("made by the first's answer").isEqualTo(chain.spanId());
    assertThat(only(all, Kind.SERVER, "/created").parentId()).isEqualTo(toCreated.spanId());
  }

  @Test
  void callsFromAnotherSchedulerAreChildrenToo() throws Exception {
    RawClient.get(port(), "/later");

    List<Exchange> all = next(3);
    Exchange toCreated = only(all, Kind.CLIENT, "/created");
    assertThat(toCreated.parentId()).isEqualTo(only(all, Kind.SERVER, "/later").spanId());
    assertThat(only(all, Kind.SERVER, "/created").parentId()).isEqualTo(toCreated.spanId());
  }

  @Test
  void tellsPipelinedRequestsApart() throws Exception {
    try (RawClient raw = new RawClient(port())) {
      raw.sendBytes(
          "GET /chain HTTP/1.1\r\nHost: x\r\n\r\n" + "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");

      List<Exchange> all = next(8);
      Exchange chain = only(all, Kind.SERVER, "/chain");
      Exchange later = only(all, Kind.SERVER, "/later");
      assertThat(only(all, Kind.CLIENT, "/hello").parentId()).isEqualTo(chain.spanId());
      assertThat(all)
          .filteredOn(e -> e.kind() == Kind.CLIENT && e.path().equals("/created"))
          .extracting(Exchange::parentId)
          .containsExactly(chain.spanId(), later.spanId());
    }
  }

  /** In no order: with its length known, a response is complete before the server's last part. */
  private static List<Exchange> next(int count) {
    List<Exchange> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(sonde.nextExchange());
    }
    return all;
  }

  private static Exchange only(List<Exchange> all, Kind kind, String path) {
    List<Exchange> found =
        all.stream().filter(e -> e.kind() == kind && e.path().equals(path)).toList();
    assertThat(found).as(kind + " " + path).hasSize(1);
    return found.get(0);
  }
}
