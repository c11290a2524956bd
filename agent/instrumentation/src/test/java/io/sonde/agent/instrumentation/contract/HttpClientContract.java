// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the instrumentation of an HTTP client promises. A test of one extends it, registers a {@link
 * SondeExtension}, and makes calls.
 */
public abstract class HttpClientContract {

  /** What the application has got: status and body. */
  public record Result(int status, String body) {}

  private RawServer server;

  /** Of the test class, registered there. */
  protected abstract SondeExtension sonde();

  /** {@link Exchange#library} of what is recorded. */
  protected abstract String library();

  /**
   * Makes one call, follows redirects, and reads the body, that of an error, too.
   *
   * @param body null for none
   */
  protected abstract Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception;

  /** How many exchanges a followed redirect is. */
  protected int exchangesPerRedirect() {
    return 1;
  }

  /** False where a connection is made by something that knows nothing of requests. */
  protected boolean seesConnecting() {
    return true;
  }

  /** False where a call begins on a thread of the library's, whoever asked for it. */
  protected boolean beginsOnCallersThread() {
    return true;
  }

  protected final RawServer server() {
    return server;
  }

  /** True where the same is promised over HTTPS. */
  protected boolean tls() {
    return false;
  }

  protected final URI uri(String target) {
    return uri(server.port(), target);
  }

  private URI uri(int port, String target) {
    return URI.create((tls() ? "https" : "http") + "://127.0.0.1:" + port + target);
  }

  protected final Result get(String target) throws Exception {
    return call("GET", uri(target), Map.of(), null);
  }

  @BeforeEach
  void startServer() throws IOException {
    server = tls() ? new RawServer(TestTls.get().context()) : new RawServer();
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void recordsMethodPeerPathStatus() throws Exception {
    long before = System.nanoTime();
    get("/hello?a=b");
    long longest = System.nanoTime() - before;

    Exchange exchange = sonde().nextExchange();
    assertThat(exchange.kind()).isEqualTo(Exchange.Kind.CLIENT);
    assertThat(exchange.library()).isEqualTo(library());
    assertThat(exchange.method()).isEqualTo("GET");
    assertThat(exchange.peerHost()).isEqualTo("127.0.0.1");
    assertThat(exchange.peerPort()).isEqualTo(server.port());
    assertThat(exchange.path()).isEqualTo("/hello");
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.thrown()).isNull();
    assertThat(exchange.durationNanos()).isBetween(1L, longest + 100_000_000);
  }

  @Test
  void recordsAnErrorStatusWithoutAnException() throws Exception {
    Result missing = get("/missing");
    Result broken = get("/broken");

    assertThat(missing).isEqualTo(new Result(404, "not here"));
    assertThat(broken).isEqualTo(new Result(500, "oops"));
    Exchange first = sonde().nextExchange();
    assertThat(first.status()).isEqualTo(404);
    assertThat(first.thrown()).isNull();
    Exchange second = sonde().nextExchange();
    assertThat(second.status()).isEqualTo(500);
    assertThat(second.thrown()).isNull();
  }

  @Test
  void recordsAResponseWithoutABody() throws Exception {
    get("/empty");

    assertThat(sonde().nextExchange().status()).isEqualTo(204);
  }

  @Test
  void recordsFailureToConnect() throws Exception {
    assumeTrue(seesConnecting());
    URI nobody = uri(freePort(), "/hello");

    Throwable thrown = catchThrowable(() -> call("GET", nobody, Map.of(), null));

    Exchange exchange = sonde().nextExchange();
    assertThat(thrown).isInstanceOf(IOException.class);
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
    assertThat(exchange.peerPort()).isEqualTo(nobody.getPort());
  }

  @Test
  void recordsAConnectionThatIsDropped() throws Exception {
    Throwable thrown = catchThrowable(() -> call("POST", uri("/drop"), Map.of(), "body"));

    Exchange exchange = sonde().nextExchange();
    assertThat(thrown).isInstanceOf(IOException.class);
    assertThat(exchange.status()).isZero();
    assertThat(exchange.thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void leavesTheApplicationsExceptionUnchanged() throws Exception {
    URI nobody = uri(freePort(), "/hello");
    AtomicReference<Throwable> without = new AtomicReference<>();
    sonde().whileOff(() -> without.set(catchThrowable(() -> call("GET", nobody, Map.of(), null))));

    Throwable with = catchThrowable(() -> call("GET", nobody, Map.of(), null));

    if (seesConnecting()) {
      sonde().nextExchange();
    }
    assertThat(with).isExactlyInstanceOf(without.get().getClass());
    assertThat(with.getMessage()).isEqualTo(without.get().getMessage());
  }

  @Test
  void leavesTheApplicationsResultUnchanged() throws Exception {
    assertThat(get("/hello")).isEqualTo(new Result(200, "hello"));

    sonde().nextExchange();
  }

  @Test
  void postsBody() throws Exception {
    call("POST", uri("/hello"), Map.of(), "some body");

    RawServer.Request request = server.next();
    assertThat(request.line()).isEqualTo("POST /hello HTTP/1.1");
    assertThat(request.body()).isEqualTo("some body");
    assertThat(request.header("b3")).isNotNull();
    assertThat(sonde().nextExchange().method()).isEqualTo("POST");
  }

  @Test
  void passesTraceOnToServer() throws Exception {
    get("/hello");

    RawServer.Request request = server.next();
    Exchange exchange = sonde().nextExchange();
    String ids = exchange.traceIdString() + "-" + exchange.spanIdString();
    assertThat(request.header("b3")).startsWith(ids + "-1");
    assertThat(request.header("traceparent")).isEqualTo("00-" + ids + "-01");
    assertThat(request.header("X-Request-ID")).isEqualTo(exchange.requestId());
  }

  @Test
  void isChildOfTheServerExchangeItRunsIn() throws Exception {
    Exchange parent = sonde().serving(() -> get("/hello"));

    Exchange child = sonde().nextExchange();
    sonde().nextExchange();
    assertThat(child.kind()).isEqualTo(Exchange.Kind.CLIENT);
    assertThat(child.traceIdString()).isEqualTo(parent.traceIdString());
    assertThat(child.parentId()).isEqualTo(parent.spanId());
    assertThat(server.next().header("b3")).contains(child.spanIdString());
  }

  @Test
  void neverOverwritesAHeaderTheApplicationSet() throws Exception {
    call("GET", uri("/hello"), Map.of("B3", "0", "x-request-id", "mine"), null);

    RawServer.Request request = server.next();
    sonde().nextExchange();
    assertThat(request.header("b3")).isEqualTo("0");
    assertThat(request.header("X-Request-ID")).isEqualTo("mine");
    assertThat(request.header("traceparent")).isNotNull();
  }

  @Test
  void countsRedirectsSanely() throws Exception {
    assertThat(get("/redirect").body()).isEqualTo("hello");

    Exchange first = sonde().nextExchange();
    if (exchangesPerRedirect() == 2) {
      assertThat(first.status()).isEqualTo(302);
      assertThat(sonde().nextExchange().status()).isEqualTo(200);
    } else {
      assertThat(first.path()).isEqualTo("/redirect");
      assertThat(first.status()).isEqualTo(200);
      assertThat(server.next().header("b3")).contains(first.spanIdString());
      assertThat(server.next().header("b3")).contains(first.spanIdString());
    }
  }

  @Test
  void isSilentOnSondesOwnThreads() throws Exception {
    assumeTrue(beginsOnCallersThread());

    AtomicReference<Object> outcome = new AtomicReference<>();
    Thread thread =
        AgentThreads.unstarted(
            "test",
            () -> {
              try {
                outcome.set(get("/hello"));
              } catch (Exception e) {
                outcome.set(e);
              }
            });
    thread.start();
    thread.join(10_000);

    assertThat(outcome.get()).isEqualTo(new Result(200, "hello"));
    assertThat(server.next().header("b3")).isNull();
  }

  @Test
  void isSilentWhenOff() throws Exception {
    sonde().whileOff(() -> get("/hello"));

    assertThat(server.next().header("b3")).isNull();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
