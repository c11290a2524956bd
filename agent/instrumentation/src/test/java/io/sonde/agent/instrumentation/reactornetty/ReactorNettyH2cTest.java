// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.reactornetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchange.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Reactor Netty's server and client, with HTTP/2 from the first byte on. */
class ReactorNettyH2cTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ReactorNettyInstrumentation());

  private HttpClient client;
  private DisposableServer server;

  /** With {@link ReactorNettyH2cUpgradeTest} a connection's first request is upgraded. */
  HttpProtocol[] clientProtocols() {
    return new HttpProtocol[] {HttpProtocol.H2C};
  }

  @BeforeEach
  void start() {
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(this::serve)
            .bindNow();
    client = HttpClient.newConnection().disableRetry(true).protocol(clientProtocols());
  }

  @AfterEach
  void stop() {
    server.disposeNow();
  }

  private Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
    String path = "/" + request.path();
    if (path.equals("/drop")) {
      return Mono.fromRunnable(() -> request.withConnection(c -> c.channel().parent().close()))
          .then(Mono.never());
    }
    if (path.startsWith("/chain/")) {
      return Mono.delay(Duration.ofMillis(20))
          .then(call("/hello"))
          .flatMap(first -> call(path.substring("/chain".length())))
          .then(Mono.from(send(response, "/hello")));
    }
    return Mono.defer(() -> Mono.from(send(response, path)));
  }

  private static Publisher<Void> send(HttpServerResponse response, String path) {
    Answer answer = TestApplication.answer(path);
    answer.headers().forEach(response::header);
    return response
        .status(answer.status())
        .send(ByteBufFlux.fromString(Mono.just(answer.body())))
        .then();
  }

  private record Got(int status, String requestId, String body) {}

  private Mono<Got> call(String path) {
    return client
        .get()
        .uri("http://127.0.0.1:" + server.port() + path)
        .responseSingle(
            (response, content) ->
                content
                    .asString()
                    .defaultIfEmpty("")
                    .map(
                        body ->
                            new Got(
                                response.status().code(),
                                response.responseHeaders().get("x-request-id"),
                                body)));
  }

  private Got get(String path) {
    return call(path).block(Duration.ofSeconds(10));
  }

  @Test
  void recordsACallOnBothSides() {
    Got got = get("/created?a=b");

    List<Exchange> both = next(2);
    Exchange served = only(both, Kind.SERVER, "/created");
    Exchange called = only(both, Kind.CLIENT, "/created");
    assertThat(got).isEqualTo(new Got(201, served.requestId(), "created"));
    assertThat(served.status()).isEqualTo(201);
    assertThat(served.query()).isEqualTo("a=b");
    assertThat(served.parentId()).isEqualTo(called.spanId());
    assertThat(called.status()).isEqualTo(201);
    assertThat(called.peerHost()).isEqualTo("127.0.0.1");
    assertThat(called.peerPort()).isEqualTo(server.port());
  }

  @Test
  void handlersServeTheExchange() {
    assertThat(get("/current").body()).isEqualTo("serving");

    next(2);
  }

  @Test
  void recordsWhatAHandlerAnswersWith() {
    // The status of 1.0's answer comes, its end does not.
    catchThrowable(() -> get("/boom"));

    Exchange served = only(next(2), Kind.SERVER, "/boom");
    assertThat(served.status()).isEqualTo(500);
    assertThat(served.thrown()).isInstanceOf(TestApplication.Boom.class);
    assertThat(sonde.nextError().exchange()).isSameAs(served);
  }

  @Test
  void endsWhenTheConnectionIsDropped() {
    assertThatThrownBy(() -> get("/drop")).isInstanceOf(RuntimeException.class);

    List<Exchange> both = next(2);
    assertThat(only(both, Kind.SERVER, "/drop").status()).isZero();
    assertThat(only(both, Kind.CLIENT, "/drop").status()).isZero();
    assertThat(only(both, Kind.CLIENT, "/drop").thrown()).isInstanceOf(IOException.class);
    sonde.ignoreErrors();
  }

  @Test
  void theCallIsItsSubscribers() throws Exception {
    Exchange parent = sonde.serving(() -> get("/hello"));

    List<Exchange> all = next(3);
    assertThat(only(all, Kind.CLIENT, "/hello").parentId()).isEqualTo(parent.spanId());
  }

  @Test
  void callsAreChildrenOfTheRequestThatMakesThem() {
    Flux.range(0, 5).flatMap(i -> call("/chain/" + i)).blockLast(Duration.ofSeconds(10));

    List<Exchange> all = next(5 * 6);
    for (int i = 0; i < 5; i++) {
      Exchange chain = only(all, Kind.SERVER, "/chain/" + i);
      Exchange second = only(all, Kind.CLIENT, "/" + i);
      assertThat(second.parentId()).isEqualTo(chain.spanId());
      assertThat(only(all, Kind.SERVER, "/" + i).parentId()).isEqualTo(second.spanId());
      assertThat(all)
          .filteredOn(e -> e.kind() == Kind.CLIENT && e.parentId() == chain.spanId())
          .as("the first, and the one that is made by its answer")
          .hasSize(2);
    }
  }

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
