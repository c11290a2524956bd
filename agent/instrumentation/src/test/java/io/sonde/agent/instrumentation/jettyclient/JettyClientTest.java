// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jettyclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JettyClientTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new JettyClientInstrumentation());

  private static JettyClient client;

  @BeforeAll
  static void startClient() throws Exception {
    client = new JettyClient(new HttpClient());
  }

  @AfterAll
  static void stopClient() {
    client.close();
  }

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "jetty-client";
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    return client.call(method, uri, headers, body);
  }

  /** What was served while each event was told, but for each header. */
  private static Queue<Object> served(JettyClient.Request request) throws Exception {
    Queue<Object> served = new ConcurrentLinkedQueue<>();
    CompletableFuture<Void> complete = new CompletableFuture<>();
    request.send(
        (event, failure) -> {
          Object current = SondeBridge.current();
          if (!event.equals("onHeader")) {
            served.add(current == null ? "none" : current);
          }
          if (event.equals("onComplete")) {
            complete.complete(null);
          }
        });
    complete.get(10, TimeUnit.SECONDS);
    return served;
  }

  private static URI uri(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  private static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void givesEachRequestOfARedirectIdsOfItsOwnAndTheSameParent() throws Exception {
    Exchange parent = sonde.serving(() -> get("/redirect"));

    Exchange first = sonde.nextExchange();
    Exchange second = sonde.nextExchange();
    sonde.nextExchange();
    assertThat(first.parentId()).isEqualTo(parent.spanId());
    assertThat(second.parentId()).isEqualTo(parent.spanId());
    assertThat(second.path()).isEqualTo("/hello");
    assertThat(server().next().header("b3")).contains(first.spanIdString());
    assertThat(server().next().header("b3")).contains(second.spanIdString());
  }

  @Test
  void countsAnAnswerToAChallengeApart() throws Exception {
    try (JettyClient known = new JettyClient(new HttpClient())) {
      Object password =
          JettyClient.either("util.BasicAuthentication", "BasicAuthentication")
              .getConstructor(URI.class, String.class, String.class, String.class)
              .newInstance(uri("/"), "test", "me", "mine");
      JettyClient.call(
          JettyClient.either("api.AuthenticationStore", "AuthenticationStore"),
          JettyClient.call(HttpClient.class, known.client, "getAuthenticationStore"),
          "addAuthentication",
          password);

      assertThat(known.call("GET", uri("/secret?a=b"), Map.of(), null).body()).isEqualTo("secret");
    }

    Exchange refused = sonde.nextExchange();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(server().next().header("b3")).contains(refused.spanIdString());
    Exchange answered = sonde.nextExchange();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.path()).isEqualTo("/secret");
    assertThat(server().next().header("b3")).contains(answered.spanIdString());
  }

  @Test
  void runsListenersInTheirCallersContext() throws Exception {
    Queue<Object> served = new ConcurrentLinkedQueue<>();

    Exchange parent =
        sonde.serving(() -> served.addAll(served(client.request("GET", uri("/hello")))));
    Queue<Object> later;
    // Its own: the other's threads may still be at work for the first call.
    try (JettyClient other = new JettyClient(new HttpClient())) {
      later = served(other.request("GET", uri("/hello")));
    }

    sonde.nextExchange();
    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(served).hasSizeGreaterThan(3).containsOnly(parent);
    assertThat(later).hasSizeGreaterThan(3).containsOnly("none");
  }

  @Test
  void runsListenersOfAFailureInTheirCallersContext() throws Exception {
    Queue<Object> served = new ConcurrentLinkedQueue<>();
    URI nobody = URI.create("http://127.0.0.1:1/");

    Exchange parent = sonde.serving(() -> served.addAll(served(client.request("GET", nobody))));

    sonde.nextExchange();
    sonde.nextExchange();
    assertThat(served).isNotEmpty().containsOnly(parent);
  }

  @Test
  void tellsCallersApartThatShareAConnection() throws Exception {
    try (JettyClient narrow = new JettyClient(new HttpClient())) {
      narrow.client.setMaxConnectionsPerDestination(1);
      CompletableFuture<Object> first = new CompletableFuture<>();
      CompletableFuture<Object> second = new CompletableFuture<>();
      try (ServerSocket slow = silent()) {
        Exchange one = sonde.serving(() -> current(narrow.request("GET", uri(slow)), first));
        Exchange two = sonde.serving(() -> current(narrow.request("GET", uri(slow)), second));
        try (Socket accepted = slow.accept()) {
          for (int i = 0; i < 2; i++) {
            accepted.getInputStream().read(new byte[2000]);
            accepted.getOutputStream().write("HTTP/1.1 204 x\r\n\r\n".getBytes());
          }

          assertThat(first.get(10, TimeUnit.SECONDS)).isSameAs(one);
          assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(two);
        }
        for (int i = 0; i < 4; i++) {
          Exchange exchange = sonde.nextExchange();
          if (exchange.kind() == Exchange.Kind.CLIENT) {
            assertThat(exchange.parentId()).isIn(one.spanId(), two.spanId());
          }
        }
      }
    }
  }

  private static void current(JettyClient.Request request, CompletableFuture<Object> at)
      throws Exception {
    request.send(
        (event, failure) -> {
          if (event.equals("onComplete")) {
            at.complete(SondeBridge.current());
          }
        });
  }

  @Test
  void leavesNothingInTheRequest() throws Exception {
    JettyClient.Request request = client.request("GET", uri("/hello"));
    String before = request.headers().trim();

    request.send();

    sonde.nextExchange();
    assertThat(request.headers().trim()).startsWith(before).doesNotContain("b3", "trace");
    assertThat(request.attributes().keySet()).isEmpty();
  }

  @Test
  void recordsABodyThatBreaksOff() {
    assertThatThrownBy(() -> get("/half")).isInstanceOf(IOException.class);

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void recordsATimeout() throws Exception {
    try (ServerSocket silent = silent()) {
      JettyClient.Request request = client.request("GET", uri(silent));
      request.timeout(50);

      assertThatThrownBy(request::send).isInstanceOf(TimeoutException.class);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void endsACallThatIsAborted() throws Exception {
    try (ServerSocket silent = silent()) {
      JettyClient.Request request = client.request("GET", uri(silent));
      CompletableFuture<Object> complete = new CompletableFuture<>();
      current(request, complete);
      try (Socket accepted = silent.accept()) {
        accepted.getInputStream().read();

        request.abort(new IllegalStateException("enough"));

        complete.get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(sonde.nextExchange().thrown()).hasMessage("enough");
  }
}
