// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * HTTP/2 as the JDK's client speaks it: the first request of a connection is upgraded. That each
 * request is one exchange and no more is held by the extension.
 */
class NettyHttp2ServerTest {

  private static final String TRACE = "463ac35c9f6413ad48485a3953bb6124";
  private static final String PARENT = "a2fb4a1d1a96d312";

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new NettyHttpInstrumentation(), new NettyEventLoopInstrumentation());

  private final HttpClient client = HttpClient.newHttpClient();
  private Http2TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new Http2TestServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target));
  }

  private HttpResponse<String> get(String target, String... headers) throws Exception {
    HttpRequest.Builder request = request(target);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return response;
  }

  /** Behind it, requests are streams from their beginning. */
  private void upgraded() throws Exception {
    get("/hello");
    sonde.nextExchange();
  }

  @Test
  void recordsARequestThatIsUpgraded() throws Exception {
    HttpResponse<String> response = get("/created?a=b");

    assertThat(response.body()).isEqualTo("created");
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.kind()).isEqualTo(Exchange.Kind.SERVER);
    assertThat(exchange.library()).isEqualTo("netty");
    assertThat(exchange.path()).isEqualTo("/created");
    assertThat(exchange.status()).isEqualTo(201);
    assertThat(response.headers().firstValue("x-request-id")).hasValue(exchange.requestId());
  }

  @Test
  void recordsARequest() throws Exception {
    upgraded();
    HttpResponse<String> response = get("/gr%C3%B6%C3%9Fe?name=a%20b");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.kind()).isEqualTo(Exchange.Kind.SERVER);
    assertThat(exchange.library()).isEqualTo("netty");
    assertThat(exchange.method()).isEqualTo("GET");
    assertThat(exchange.path()).isEqualTo("/größe");
    assertThat(exchange.query()).isEqualTo("name=a%20b");
    assertThat(exchange.status()).isEqualTo(404);
    assertThat(exchange.thrown()).isNull();
    assertThat(exchange.remoteAddress()).isEqualTo("127.0.0.1");
    assertThat(response.headers().firstValue("x-request-id")).hasValue(exchange.requestId());
  }

  @Test
  void recordsAPost() throws Exception {
    upgraded();
    HttpRequest post =
        request("/created").POST(HttpRequest.BodyPublishers.ofString("some body")).build();

    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(201);

    assertThat(sonde.nextExchange().method()).isEqualTo("POST");
  }

  @Test
  void continuesATrace() throws Exception {
    upgraded();
    get("/hello", "X-B3-TraceId", TRACE, "X-B3-SpanId", PARENT, "X-B3-Sampled", "1");
    get("/hello", "traceparent", "00-" + TRACE + "-" + PARENT + "-01", "X-Request-ID", "mine");

    Exchange first = sonde.nextExchange();
    assertThat(first.traceIdString()).isEqualTo(TRACE);
    assertThat(Long.toHexString(first.parentId())).isEqualTo(PARENT);
    Exchange second = sonde.nextExchange();
    assertThat(second.traceIdString()).isEqualTo(TRACE);
    assertThat(second.requestId()).isEqualTo("mine");
  }

  @Test
  void keepsAHeaderTheApplicationSet() throws Exception {
    assertThat(get("/own-id").headers().allValues("x-request-id"))
        .containsExactly("set-by-application");

    sonde.nextExchange();
  }

  @Test
  void leavesHeadersThatAreSharedAsTheyWere() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = get("/shared");
      assertThat(response.headers().allValues("x-request-id"))
          .containsExactly(sonde.nextExchange().requestId());
    }
  }

  @Test
  void handlersServeTheExchange() throws Exception {
    assertThat(get("/current").body()).isEqualTo("serving");
    assertThat(get("/current").body()).isEqualTo("serving");

    sonde.nextExchange();
    sonde.nextExchange();
  }

  @Test
  void recordsWhatAHandlerThrows() throws Exception {
    upgraded();
    assertThat(get("/boom").statusCode()).isEqualTo(500);

    Exchange exchange = sonde.nextExchange();
    ErrorRecord error = sonde.nextError();
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.thrown()).isInstanceOf(TestApplication.Boom.class);
    assertThat(error.exchange()).isSameAs(exchange);
  }

  @Test
  void countsAsyncToItsRealEnd() throws Exception {
    get("/async");

    assertThat(sonde.nextExchange().durationNanos())
        .isGreaterThanOrEqualTo(
            TimeUnit.MILLISECONDS.toNanos(TestApplication.ASYNC_MILLIS * 9 / 10));
  }

  @Test
  void endsWithTrailersAndNotWithAnInterimResponse() throws Exception {
    Path curl = Path.of("/usr/bin/curl"); // the JDK's client hides what this is about
    assumeTrue(Files.isExecutable(curl));

    String output = run(curl, "/chunks");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(202);
    assertThat(exchange.durationNanos()).isGreaterThan(45_000_000);
    String id = "x-request-id: " + exchange.requestId();
    assertThat(output.lines().filter(line -> line.startsWith("x-request-id"))).containsExactly(id);
    assertThat(output.indexOf(id))
        .isBetween(output.indexOf("HTTP/2 202"), output.indexOf("x-trailer: t"));
  }

  private String run(Path curl, String target) throws IOException, InterruptedException {
    Process running =
        new ProcessBuilder(
                curl.toString(),
                "-s",
                "-i",
                "--http2-prior-knowledge",
                "http://127.0.0.1:" + server.port() + target)
            .redirectErrorStream(true)
            .start();
    String output = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void tellsStreamsOfAConnectionApart() throws Exception {
    upgraded();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(client.sendAsync(request("/async").build(), BodyHandlers.ofString()));
    }

    List<String> answered = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      HttpResponse<String> response = call.get(10, TimeUnit.SECONDS);
      answered.addAll(response.headers().allValues("x-request-id"));
    }
    List<String> recorded = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      recorded.add(sonde.nextExchange().requestId());
    }
    assertThat(recorded).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(answered);
  }

  @Test
  void endsWithoutStatusWhenTheServerResets() throws Exception {
    upgraded();
    assertThatThrownBy(() -> get("/reset")).isInstanceOf(IOException.class);

    assertThat(sonde.nextExchange().status()).isZero();
  }

  @Test
  void endsWithoutStatusWhenTheClientGoesAway() throws Exception {
    upgraded();
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(request("/never").build(), BodyHandlers.ofString());
    SondeExtension.await("it is in flight", () -> sonde.inFlight().size() == 1);
    call.cancel(true);

    assertThat(sonde.nextExchange().status()).isZero();
  }

  @Test
  void endsWithoutStatusWhenTheConnectionIsClosed() throws Exception {
    upgraded();
    assertThatThrownBy(() -> get("/drop")).isInstanceOf(IOException.class);

    assertThat(sonde.nextExchange().status()).isZero();
  }

  @Test
  void isSilentWhenOff() throws Exception {
    sonde.whileOff(
        () -> {
          assertThat(get("/current").body()).isEqualTo("nothing");
          HttpResponse<String> second = get("/current");
          assertThat(second.body()).isEqualTo("nothing");
          assertThat(second.headers().firstValue("x-request-id")).isEmpty();
        });
  }
}
