// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import zipkin2.Span;

/** What arrives at a server, and what the ledger says of the rest, whatever the server does. */
@Timeout(30)
class ZipkinExporterTest {

  private static final ServiceIdentity SHOP =
      new ServiceIdentity("Shop", "1.0", "test", "shop-0", "host-a");

  /** Longer than the worker sleeps, so that what a test offers is one message. */
  private static final long MAX_AGE_NANOS = 150_000_000;

  private final Ledger ledger = new Ledger();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void captureLog() {
    AgentLog.to(new PrintStream(log, true));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    AgentLog.to(null);
  }

  @Test
  void sendsSpansThatTheServerAcknowledges() throws Exception {
    FakeZipkin server = server(FakeZipkin.accepting());
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());
    exporter.exchange(Exchanges.client().finished());

    assertThat(server.request().spans())
        .extracting(Span::name, Span::kind)
        .containsExactly(
            tuple("get /users/{id}", Span.Kind.SERVER), tuple("get", Span.Kind.CLIENT));
    await(() -> account().acked() == 2);
    assertBalanced(2);
  }

  @Test
  void leavesOutWhatIsNotSampledAndProbes() throws Exception {
    FakeZipkin server = server(FakeZipkin.accepting());
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().notSampled().finished());
    exporter.exchange(Exchanges.server().probe().finished());
    exporter.exchange(Exchanges.client().finished());
    close(exporter, 2_000);

    assertThat(server.request().spans()).extracting(Span::kind).containsExactly(Span.Kind.CLIENT);
    assertBalanced(1);
  }

  @Test
  void keepsItsConnectionAndTellsTheServerNotToTraceIt() throws Exception {
    FakeZipkin server = server(FakeZipkin.accepting());
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());
    FakeZipkin.Request first = server.request();
    exporter.exchange(Exchanges.server().finished());
    server.request();
    await(() -> account().acked() == 2);

    assertThat(first.head()).startsWith("POST /api/v2/spans HTTP/1.1\r\n");
    assertThat(first.header("Host")).isEqualTo("127.0.0.1:" + server.port());
    assertThat(first.header("Content-Type")).isEqualTo("application/json");
    assertThat(first.header("b3")).isEqualTo("0");
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void sendsOwnHeadersAndThePasswordButNeverLogsIt() throws Exception {
    int port = FakeZipkin.freePort();
    ZipkinExporter exporter =
        exporter(
            ZipkinConfig.parse(
                "http://bob:p%40ss@127.0.0.1:" + port, "X-Scope=a\\,b,X-Team=t", null));
    exporter.exchange(Exchanges.server().finished());
    await(() -> account().state().startsWith("down"));
    FakeZipkin server = FakeZipkin.on(port, FakeZipkin.accepting());
    open.add(server);

    FakeZipkin.Request request = server.request();

    assertThat(request.header("Authorization")).isEqualTo("Basic Ym9iOnBAc3M=");
    assertThat(request.header("X-Scope")).isEqualTo("a,b");
    assertThat(request.header("X-Team")).isEqualTo("t");
    assertThat(logged()).contains("down: connection refused").doesNotContain("p%40ss", "p@ss");
  }

  @Test
  void deliversWhatWaitedForAnAbsentServer() throws Exception {
    int port = FakeZipkin.freePort();
    ZipkinExporter exporter = exporter("http://127.0.0.1:" + port);
    exporter.exchange(Exchanges.server().finished());
    await(() -> account().state().equals("down: connection refused"));

    open.add(FakeZipkin.on(port, FakeZipkin.accepting()));

    await(() -> account().acked() == 1);
    assertThat(account().state()).isEqualTo("up");
    assertThat(logged().lines().filter(line -> line.contains("down:"))).hasSize(1);
    assertThat(logged().lines().filter(line -> line.contains("up again"))).hasSize(1);
    assertBalanced(1);
  }

  @Test
  void dropsAndCountsWhatNobodyTakes() throws Exception {
    ZipkinExporter exporter = exporter("http://127.0.0.1:" + FakeZipkin.freePort());

    exporter.exchange(Exchanges.server().finished());
    exporter.exchange(Exchanges.server().finished());

    await(() -> account().dropped() == 2);
    assertThat(account().droppedByReason()).containsEntry("refused", 2L);
    assertBalanced(2);
  }

  @Test
  void dropsAndCountsWhenFull() throws Exception {
    FakeZipkin server = server(FakeZipkin.hanging());
    ZipkinExporter exporter =
        started(
            new ZipkinExporter(
                ZipkinConfig.parse(server.url(), null, null), SHOP, ledger, 8, MAX_AGE_NANOS));
    exporter.exchange(Exchanges.server().finished());
    server.request();

    for (int i = 0; i < 20; i++) {
      exporter.exchange(Exchanges.server().finished());
    }

    assertThat(account().droppedByReason()).containsEntry("queue full", 12L);
    assertThat(account().queued()).isEqualTo(9);
    assertBalanced(21);
  }

  @Test
  void triesOnceMoreAfterAServerError() throws Exception {
    FakeZipkin server =
        server(FakeZipkin.inTurn(FakeZipkin.status(500, "out of disk"), FakeZipkin.accepting()));
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().acked() == 1);
    assertThat(logged()).contains("down: HTTP 500: out of disk");
    assertBalanced(1);
  }

  @Test
  void givesUpAfterTheSecondServerError() throws Exception {
    FakeZipkin server = server(FakeZipkin.status(503, ""));
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().dropped() == 1);
    assertThat(account().droppedByReason()).containsEntry("rejected 5xx", 1L);
    server.request();
    server.request();
    assertThat(server.requestsWaiting()).isZero();
    assertBalanced(1);
  }

  @Test
  void doesNotRepeatWhatTheServerRefusesNorFollowRedirects() throws Exception {
    FakeZipkin.Behaviour redirect =
        (request, socket) ->
            FakeZipkin.write(
                socket, "HTTP/1.1 302 x\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
    FakeZipkin server =
        server(FakeZipkin.inTurn(FakeZipkin.status(400, "bad \u001b[31mspan"), redirect));
    ZipkinExporter exporter = exporter(server.url());
    exporter.exchange(Exchanges.server().finished());
    await(() -> account().dropped() == 1);

    exporter.exchange(Exchanges.server().finished());
    await(() -> account().dropped() == 2);

    server.request();
    server.request();
    assertThat(server.requestsWaiting()).isZero();
    assertThat(account().droppedByReason())
        .containsEntry("rejected 4xx", 1L)
        .containsEntry("rejected 3xx", 1L);
    assertThat(account().state()).isEqualTo("down: HTTP 302");
    assertThat(logged()).contains("down: HTTP 400: bad  [31mspan");
    assertBalanced(2);
  }

  @Test
  void splitsAMessageThatIsTooLargeUntilItPasses() throws Exception {
    List<Span> passed = new CopyOnWriteArrayList<>();
    FakeZipkin server =
        server(
            (request, socket) -> {
              boolean fits = request.body().length < 1_500;
              if (fits) {
                passed.addAll(request.spans());
              }
              FakeZipkin.status(fits ? 202 : 413, "").answer(request, socket);
            });
    ZipkinExporter exporter = exporter(server.url());

    for (int i = 1; i <= 11; i++) {
      exporter.exchange(Exchanges.server().ids(0, 1, i, 0).finished());
    }

    await(() -> account().acked() == 11);
    assertThat(passed.stream().map(Span::id).collect(Collectors.toSet())).hasSize(11);
    assertThat(account().state()).isEqualTo("up");
    assertBalanced(11);
  }

  @Test
  void dropsASpanThatIsTooLargeByItself() throws Exception {
    ZipkinExporter exporter = exporter(server(FakeZipkin.status(413, "")).url());

    exporter.exchange(Exchanges.server().finished());
    exporter.exchange(Exchanges.server().finished());

    await(() -> account().dropped() == 2);
    assertThat(account().droppedByReason()).containsEntry("too large", 2L);
    assertBalanced(2);
  }

  @Test
  void givesUpOnAServerThatHangs() throws Exception {
    ZipkinExporter exporter = exporter(server(FakeZipkin.hanging()).url());

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().dropped() == 1);
    assertThat(account().droppedByReason()).containsEntry("timeout", 1L);
    assertThat(account().state()).isEqualTo("down: no answer within 2000 ms");
    assertBalanced(1);
  }

  @Test
  void givesUpOnAResponseThatDrips() throws Exception {
    FakeZipkin server =
        server(
            (request, socket) -> {
              for (char c : ("HTTP/1.1 202 x\r\nX: " + "x".repeat(1_000)).toCharArray()) {
                FakeZipkin.write(socket, String.valueOf(c));
                Thread.sleep(300);
              }
            });
    ZipkinExporter exporter = exporter(server.url());
    long start = System.nanoTime();

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().state().startsWith("down: no answer"));
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void replacesAConnectionThatTheServerClosedWhileIdle() throws Exception {
    FakeZipkin server =
        server(
            (request, socket) -> {
              FakeZipkin.accepting().answer(request, socket);
              socket.close();
            });
    ZipkinExporter exporter = exporter(server.url());

    for (int i = 1; i <= 3; i++) {
      exporter.exchange(Exchanges.server().finished());
      long expected = i;
      await(() -> account().acked() == expected);
    }

    assertThat(server.connections()).isEqualTo(3);
    assertThat(logged()).doesNotContain("down");
    assertBalanced(3);
  }

  @Test
  void sendsAgainAfterAReset() throws Exception {
    FakeZipkin.Behaviour reset =
        (request, socket) -> {
          FakeZipkin.write(socket, "HTTP/1.1 2");
          socket.setSoLinger(true, 0);
          socket.close();
        };
    FakeZipkin server = server(FakeZipkin.inTurn(reset, FakeZipkin.accepting()));
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().acked() == 1);
    assertThat(logged()).contains("down: connection lost");
    assertBalanced(1);
  }

  @Test
  void understandsChunksAndInterimResponses() throws Exception {
    FakeZipkin server =
        server(
            (request, socket) ->
                FakeZipkin.write(
                    socket,
                    "HTTP/1.1 100 Continue\r\n\r\n"
                        + "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3;x=y\r\nabc\r\n0\r\nTrailer: t\r\n\r\n"));
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());
    await(() -> account().acked() == 1);
    exporter.exchange(Exchanges.server().finished());
    await(() -> account().acked() == 2);

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void survivesAServerThatIsNotOne() throws Exception {
    FakeZipkin server =
        server((request, socket) -> FakeZipkin.write(socket, "SSH-2.0-OpenSSH_9.2\r\n"));
    ZipkinExporter exporter = exporter(server.url());

    exporter.exchange(Exchanges.server().finished());

    await(() -> account().dropped() == 1);
    assertThat(account().state()).isEqualTo("down: connection lost: not an HTTP/1.1 response");
    assertBalanced(1);
  }

  @Test
  void tickCutsOffAWriteThatBlocks() throws Exception {
    // Reads nothing: the kernel's buffers fill, and write() waits without a timeout.
    ServerSocket deaf = new ServerSocket();
    deaf.setReceiveBufferSize(4_096);
    deaf.bind(new InetSocketAddress("127.0.0.1", 0));
    open.add(deaf);
    SpanSender sender =
        new SpanSender(ZipkinConfig.parse("http://127.0.0.1:" + deaf.getLocalPort(), null, null));
    Outcome[] outcome = new Outcome[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                sender.post(new SpanBatch.Message(new byte[16_000_000], 0, 16_000_000));
              } catch (IOException e) {
                outcome[0] = Outcome.of(e);
              }
            });
    thread.start();
    try (Socket accepted = deaf.accept()) {
      assertThat(accepted.isConnected()).isTrue();
      sender.tick(System.nanoTime());
      thread.join(300);
      assertThat(thread.isAlive()).isTrue();

      sender.tick(System.nanoTime() + 10_000_000_000L);
      thread.join(5_000);
    }

    assertThat(outcome[0].reason()).isEqualTo("timeout");
  }

  @Test
  void closeSendsWhatIsLeftAtOnce() throws Exception {
    FakeZipkin server = server(FakeZipkin.accepting());
    ZipkinExporter exporter = exporter(server.url());
    for (int i = 0; i < 3_000; i++) {
      exporter.exchange(Exchanges.server().finished());
    }
    long start = System.nanoTime();

    close(exporter, 2_000);

    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(account().acked()).isEqualTo(3_000);
    assertThat(server.request().body().length).isBetween(400_000, 520_000);
    assertBalanced(3_000);
  }

  @Test
  void closeIsOnTimeWhenTheServerHangs() throws Exception {
    FakeZipkin server = server(FakeZipkin.hanging());
    ZipkinExporter exporter = exporter(server.url());
    exporter.exchange(Exchanges.server().finished());
    server.request();
    exporter.exchange(Exchanges.server().finished());
    long start = System.nanoTime();

    close(exporter, 700);

    assertThat(System.nanoTime() - start).isBetween(400_000_000L, 900_000_000L);
    assertThat(account().droppedByReason()).containsEntry("shutdown", 2L);
    assertThat(account().queued()).isZero();
    assertBalanced(2);
  }

  @Test
  void countsWhatComesAfterClose() throws Exception {
    ZipkinExporter exporter = exporter(server(FakeZipkin.accepting()).url());
    close(exporter, 1_000);

    exporter.exchange(Exchanges.server().finished());

    assertThat(account().droppedByReason()).containsEntry("shutdown", 1L);
    assertBalanced(1);
  }

  @Test
  void anExceptionThatCannotBeAskedIsASpanAllTheSame() throws Exception {
    FakeZipkin server = server(FakeZipkin.accepting());
    ZipkinExporter exporter = exporter(server.url());
    RuntimeException deep =
        new RuntimeException() {
          @Override
          public synchronized Throwable getCause() {
            throw new StackOverflowError("planted");
          }
        };

    exporter.exchange(Exchanges.server().ids(0, 1, 1, 0).finished());
    exporter.exchange(Exchanges.server().ids(0, 1, 2, 0).thrown(deep).finished());
    exporter.exchange(Exchanges.server().ids(0, 1, 3, 0).finished());

    List<Span> spans = server.request().spans();
    assertThat(spans)
        .extracting(Span::id)
        .containsExactly("0000000000000001", "0000000000000002", "0000000000000003");
    assertThat(spans.get(1).tags()).containsEntry("error", deep.getClass().getName());
    await(() -> account().acked() == 3);
    assertBalanced(3);
  }

  private FakeZipkin server(FakeZipkin.Behaviour behaviour) throws Exception {
    FakeZipkin server = FakeZipkin.answering(behaviour);
    open.add(server);
    return server;
  }

  private ZipkinExporter exporter(String url) {
    return exporter(ZipkinConfig.parse(url, null, null));
  }

  private ZipkinExporter exporter(ZipkinConfig config) {
    return started(new ZipkinExporter(config, SHOP, ledger, 4_096, MAX_AGE_NANOS));
  }

  private ZipkinExporter started(ZipkinExporter exporter) {
    exporter.start();
    open.add(0, () -> close(exporter, 160));
    return exporter;
  }

  private static void close(ZipkinExporter exporter, long millis) {
    exporter.close(System.nanoTime() + millis * 1_000_000);
  }

  private Ledger.Account account() {
    return ledger.accounts().get(0);
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }

  private void assertBalanced(long taken) throws Exception {
    await(() -> account().taken() == account().acked() + account().queued() + account().dropped());
    assertThat(account().taken()).isEqualTo(taken);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 15_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 15 s");
      }
      Thread.sleep(5);
    }
  }
}
