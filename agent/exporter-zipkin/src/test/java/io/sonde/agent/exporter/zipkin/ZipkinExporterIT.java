// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.ServiceIdentity;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** Against a real Zipkin server: what it gives back, not what it says on taking it. */
@Timeout(60)
class ZipkinExporterIT {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static Process zipkin;
  private static String url;

  @BeforeAll
  static void startZipkin() throws Exception {
    int port = FakeZipkin.freePort();
    url = "http://127.0.0.1:" + port;
    zipkin =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("zipkin.server.jar"),
                // Only so does it listen on the loopback address alone.
                "--armeria.ports[0].ip=127.0.0.1",
                "--armeria.ports[0].port=" + port,
                "--armeria.ports[0].protocols[0]=http")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (!isUp()) {
      assertThat(zipkin.isAlive()).as("zipkin server runs").isTrue();
      assertThat(System.nanoTime()).as("started in 50 s").isLessThan(end);
      Thread.sleep(100);
    }
  }

  @AfterAll
  static void stopZipkin() throws Exception {
    zipkin.destroyForcibly().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "proto3"})
  void aCallThroughTwoServicesIsReadBackWhole(String encoding) throws Exception {
    long trace = encoding.hashCode();
    Ledger ledger = new Ledger();
    ZipkinExporter shop = exporter("Shop", encoding, ledger);
    ZipkinExporter stock = exporter("Stock", encoding, ledger);

    stock.exchange(
        Exchanges.server()
            .ids(7, trace, 3, 2)
            .request("GET", "/stock/größe 😀", "/stock/{name}")
            .status(500)
            .thrown(new IllegalStateException("no \"stock\"\n"))
            .caller("2001:db8::17")
            .finished());
    shop.exchange(
        Exchanges.client().ids(7, trace, 2, 1).peer("127.0.0.1", 8081).status(500).finished());
    shop.exchange(Exchanges.server().ids(7, trace, 1, 0).caller("192.0.2.9").debug().finished());
    shop.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
    stock.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));

    Map<String, Span> spans = readBack(String.format("%016x%016x", 7, trace), 3);
    Span root = spans.get("0000000000000001");
    Span call = spans.get("0000000000000002");
    Span leaf = spans.get("0000000000000003");
    assertThat(root.parentId()).isNull();
    assertThat(root.name()).isEqualTo("get /users/{id}");
    assertThat(root.kind()).isEqualTo(Span.Kind.SERVER);
    assertThat(root.localServiceName()).isEqualTo("shop");
    assertThat(root.remoteEndpoint().ipv4()).isEqualTo("192.0.2.0");
    assertThat(root.durationAsLong()).isEqualTo(3_500);
    assertThat(root.debug()).isTrue();
    assertThat(root.tags())
        .containsOnly(
            entry("http.method", "GET"),
            entry("http.path", "/users/7"),
            entry("http.route", "/users/{id}"),
            entry("request.id", "req-1"));
    assertThat(call.parentId()).isEqualTo(root.id());
    assertThat(call.kind()).isEqualTo(Span.Kind.CLIENT);
    assertThat(call.remoteServiceName()).isEqualTo("127.0.0.1");
    assertThat(call.remoteEndpoint().portAsInt()).isEqualTo(8081);
    assertThat(call.tags()).containsEntry("error", "500");
    assertThat(leaf.parentId()).isEqualTo(call.id());
    assertThat(leaf.localServiceName()).isEqualTo("stock");
    assertThat(leaf.shared()).isNull();
    assertThat(leaf.remoteEndpoint().ipv6()).isEqualTo("2001:db8::");
    assertThat(leaf.tags())
        .containsEntry("http.path", "/stock/größe 😀")
        .containsEntry("error", "java.lang.IllegalStateException: no \"stock\"\n")
        .containsEntry("http.status_code", "500");
    assertThat(ledger.accounts()).extracting(Ledger.Account::acked).containsExactly(2L, 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "proto3"})
  void everySpanOfABurstIsThereAndSoIsEveryHostileOne(String encoding) throws Exception {
    Ledger ledger = new Ledger();
    ZipkinExporter exporter = exporter("Burst", encoding, ledger);
    long trace = 1_000 + encoding.hashCode();

    for (int i = 1; i <= 4_000; i++) {
      String path = "/\ud800☃" + (char) i + "\u2028\"\\";
      exporter.exchange(server(trace, i).request("G\u0000T", path, path).finished());
    }
    exporter.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));

    assertThat(ledger.accounts().get(0).acked()).isEqualTo(4_000);
    assertThat(readBack(String.format("%016x", trace), 4_000)).hasSize(4_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "proto3"})
  void whatWaitsOnDiskIsSentByTheNextProcess(String encoding, @TempDir Path folder)
      throws Exception {
    String absent = "http://127.0.0.1:" + FakeZipkin.freePort();
    long trace = 2_000 + encoding.hashCode();
    Ledger ledger = new Ledger();
    ZipkinExporter first = spooling(absent, encoding, folder, ledger);
    for (int i = 1; i <= 3_000; i++) {
      first.exchange(server(trace, i).finished());
    }
    first.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
    Ledger.Account before = ledger.accounts().get(0);
    assertThat(before.spooled()).isEqualTo(3_000);
    assertThat(before.dropped()).isZero();

    Ledger later = new Ledger();
    ZipkinExporter second = spooling(url, encoding, folder, later);
    second.exchange(server(trace, 3_001).finished());
    Ledger.Account account = later.accounts().get(0);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (account.acked() < 3_001 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    second.close(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));

    assertThat(account.acked()).isEqualTo(3_001);
    assertThat(account.taken()).isEqualTo(3_001);
    assertThat(account.spooled()).isZero();
    assertThat(readBack(String.format("%016x", trace), 3_001)).hasSize(3_001);
  }

  private static ZipkinExporter spooling(String url, String encoding, Path folder, Ledger ledger) {
    ZipkinExporter exporter =
        new ZipkinExporter(
            ZipkinConfig.parse(url, null, encoding).spool(folder.toString(), 1L << 30),
            new ServiceIdentity("Spooled", null, null, "i", "h"),
            ledger);
    exporter.start();
    return exporter;
  }

  private static Exchanges server(long trace, long id) {
    return Exchanges.server().ids(0, trace, id, 0);
  }

  private static ZipkinExporter exporter(String service, String encoding, Ledger ledger) {
    ZipkinExporter exporter =
        new ZipkinExporter(
            ZipkinConfig.parse(url, null, encoding),
            new ServiceIdentity(service, null, null, "i", "h"),
            ledger);
    exporter.start();
    return exporter;
  }

  /** By span id. Zipkin stores after it has answered. */
  private static Map<String, Span> readBack(String traceId, int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    List<Span> spans = List.of();
    while (spans.size() < count && System.nanoTime() < end) {
      Thread.sleep(50);
      byte[] json = get("/api/v2/trace/" + traceId);
      spans = json == null ? List.of() : SpanBytesDecoder.JSON_V2.decodeList(json);
    }
    return spans.stream().collect(Collectors.toMap(Span::id, Function.identity()));
  }

  private static boolean isUp() {
    try {
      return get("/health") != null;
    } catch (Exception e) {
      return false;
    }
  }

  private static byte[] get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    var response = HTTP.send(request, BodyHandlers.ofByteArray());
    return response.statusCode() == 200 ? response.body() : null;
  }
}
