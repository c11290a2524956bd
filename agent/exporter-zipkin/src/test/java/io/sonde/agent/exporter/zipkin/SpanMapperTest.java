// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;

/** What an exchange is once a Zipkin server has decoded it. */
class SpanMapperTest {

  @Test
  void namesAServerSpanByMethodAndRoute() {
    Span span = span(Exchanges.server());

    assertThat(span.name()).isEqualTo("get /users/{id}");
    assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
    assertThat(span.localServiceName()).isEqualTo("shop");
    assertThat(span.tags())
        .containsOnly(
            entry("http.method", "GET"),
            entry("http.path", "/users/7"),
            entry("http.route", "/users/{id}"),
            entry("request.id", "req-1"));
  }

  @Test
  void namesAClientSpanByMethodAndPointsItAtThePeer() {
    Span span = span(Exchanges.client().peer("Stock.Local", 8081));

    assertThat(span.name()).isEqualTo("get");
    assertThat(span.kind()).isEqualTo(Span.Kind.CLIENT);
    assertThat(span.remoteServiceName()).isEqualTo("stock.local");
    assertThat(span.remoteEndpoint().portAsInt()).isEqualTo(8081);
    assertThat(span.remoteEndpoint().ipv4()).isNull();
    assertThat(span.tags()).doesNotContainKey("http.route");
  }

  @Test
  void givesThePeersAddressWhenItWasCalledByAddress() {
    assertThat(span(Exchanges.client().peer("10.0.0.7", 80)).remoteEndpoint().ipv4())
        .isEqualTo("10.0.0.7");
    assertThat(span(Exchanges.client().peer("::1", 80)).remoteEndpoint().ipv6()).isEqualTo("::1");
    assertThat(span(Exchanges.client().peer("::ffff:10.0.0.7", 80)).remoteEndpoint().ipv4())
        .isEqualTo("10.0.0.7");
  }

  @Test
  void leavesOutAnImpossiblePort() {
    assertThat(span(Exchanges.client().peer("stock", -1)).remoteEndpoint().port()).isNull();
    assertThat(span(Exchanges.client().peer("stock", 99_999)).remoteEndpoint().port()).isNull();
  }

  @Test
  void givesTheCallersAddress() {
    assertThat(span(Exchanges.server().caller("192.0.2.1")).remoteEndpoint().ipv4())
        .isEqualTo("192.0.2.1");
    assertThat(span(Exchanges.server().caller("0:0:0:0:0:0:0:1")).remoteEndpoint().ipv6())
        .isEqualTo("::1");
    assertThat(span(Exchanges.server().caller("unknown")).remoteEndpoint()).isNull();
    assertThat(span(Exchanges.server().caller("::not::an::address")).remoteEndpoint()).isNull();
    assertThat(span(Exchanges.server().caller(null)).remoteEndpoint()).isNull();
  }

  @Test
  void showsAsMuchOfTheCallersAddressAsIsAllowed() {
    Exchange exchange = Exchanges.server().caller("192.0.2.17").finished();

    assertThat(span(exchange, ClientIp.MASKED).remoteEndpoint().ipv4()).isEqualTo("192.0.2.0");
    assertThat(span(exchange, ClientIp.FULL).remoteEndpoint().ipv4()).isEqualTo("192.0.2.17");
    assertThat(span(exchange, ClientIp.OFF).remoteEndpoint()).isNull();
  }

  @Test
  void tellsCallersApartThatComeByTurns() {
    SpanBatch batch = new SpanBatch(true);
    SpanMapper mapper =
        new SpanMapper(
            new ServiceIdentity("shop", null, null, "a", "b"),
            ClientIp.FULL,
            new MessageMask(List.of()));
    for (String caller : new String[] {"192.0.2.1", null, "192.0.2.2", "192.0.2.2"}) {
      mapper.map(Exchanges.server().caller(caller).finished(), new JsonSpanWriter(batch));
    }

    SpanBatch.Message message = batch.message(0, 4);
    assertThat(new String(message.bytes, message.offset, message.length, UTF_8).split("192\\.0"))
        .hasSize(4);
  }

  @Test
  void keepsIdsAsTheyAre() {
    Span of128 = span(Exchanges.server().ids(0x463ac35c9f6413adL, 0x48485a3953bb6124L, 3, 2));
    Span of64 = span(Exchanges.server().ids(0, 0x48485a3953bb6124L, 3, 0));

    assertThat(of128.traceId()).isEqualTo("463ac35c9f6413ad48485a3953bb6124");
    assertThat(of128.id()).isEqualTo("0000000000000003");
    assertThat(of128.parentId()).isEqualTo("0000000000000002");
    assertThat(of64.traceId()).isEqualTo("48485a3953bb6124");
    assertThat(of64.parentId()).isNull();
  }

  @Test
  void givesTimesInMicroseconds() {
    Exchange exchange = Exchanges.server().finished();
    long nowMicros = System.currentTimeMillis() * 1_000;

    assertThat(span(exchange).durationAsLong()).isEqualTo(3_500);
    assertThat(span(exchange).timestampAsLong())
        .isBetween(nowMicros - 10_000_000, nowMicros + 10_000_000);
    assertThat(span(Exchanges.server().duration(999)).durationAsLong()).isEqualTo(1);
    assertThat(span(Exchanges.server().duration(-5)).durationAsLong()).isEqualTo(1);
  }

  @Test
  void tellsGrpcsCodeUnlessAllWentWell() {
    assertThat(span(Exchanges.server().status(200).grpcCode(0)).tags())
        .doesNotContainKey("grpc.status_code");
    assertThat(span(Exchanges.server().status(404).grpcCode(5)).tags())
        .containsEntry("grpc.status_code", "NOT_FOUND");
  }

  @Test
  void tellsTheStatusUnlessAllWentWell() {
    assertThat(span(Exchanges.server().status(204)).tags()).doesNotContainKey("http.status_code");
    assertThat(span(Exchanges.server().status(302)).tags())
        .containsEntry("http.status_code", "302")
        .doesNotContainKey("error");
    assertThat(span(Exchanges.server().status(404)).tags())
        .containsEntry("http.status_code", "404")
        .doesNotContainKey("error");
    assertThat(span(Exchanges.server().status(503)).tags())
        .containsEntry("http.status_code", "503")
        .containsEntry("error", "503");
  }

  @Test
  void tellsWhatWasThrownByItsRootCause() {
    Exception thrown =
        new RuntimeException("wrapper", new IllegalStateException("no stock".repeat(100)));

    assertThat(span(Exchanges.server().status(500).thrown(thrown)).tags().get("error"))
        .startsWith("java.lang.IllegalStateException: no stock")
        .hasSize(SpanMapper.MAX_ERROR);
    assertThat(span(Exchanges.client().status(0).thrown(new java.io.IOException())).tags())
        .containsEntry("error", "java.io.IOException")
        .doesNotContainKey("http.status_code");
  }

  @Test
  void secretsOfAMessageAreMasked() {
    Exception thrown = new IllegalStateException("login of user=ann failed on page=3");

    assertThat(span(Exchanges.server().status(500).thrown(thrown)).tags())
        .containsEntry(
            "error", "java.lang.IllegalStateException: login of user=*** failed on page=3");
  }

  @Test
  void tellsAConnectionThatWasDropped() {
    assertThat(span(Exchanges.server().status(0)).tags()).containsEntry("error", "no response");
  }

  @Test
  void survivesAnExceptionWhoseMessageThrows() {
    RuntimeException thrown =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new UnsupportedOperationException();
          }
        };

    assertThat(span(Exchanges.server().thrown(thrown)).tags().get("error"))
        .startsWith("io.sonde.agent.exporter.zipkin.SpanMapperTest");
  }

  @Test
  void passesTheDebugFlagOn() {
    assertThat(span(Exchanges.server().debug()).debug()).isTrue();
    assertThat(span(Exchanges.server()).debug()).isNull();
  }

  @Test
  void cutsWhatIsLong() {
    String megabyte = "x".repeat(1_000_000);
    Span span =
        span(
            Exchanges.server()
                .request(megabyte, megabyte, megabyte)
                .requestId(megabyte)
                .caller(megabyte));

    assertThat(span.name()).hasSize(SpanMapper.MAX_METHOD + 1 + SpanMapper.MAX_ROUTE);
    assertThat(span.tags().get("http.path")).hasSize(SpanMapper.MAX_PATH);
    assertThat(span.tags().get("request.id")).hasSize(SpanMapper.MAX_NAME);
  }

  @Test
  void leavesNoHalfCharacter() {
    String cutInPair = "x".repeat(SpanMapper.MAX_PATH - 1) + "😀";

    assertThat(span(Exchanges.server().request("GET", cutInPair, null)).tags().get("http.path"))
        .hasSize(SpanMapper.MAX_PATH)
        .endsWith("x?");
    assertThat(span(Exchanges.server().request("GET", "/\ud83d☃/😀", null)).tags())
        .containsEntry("http.path", "/?☃/😀");
  }

  private static Span span(Exchanges exchange) {
    return span(exchange.finished());
  }

  private static Span span(Exchange exchange) {
    return span(exchange, ClientIp.FULL);
  }

  private static Span span(Exchange exchange, ClientIp clientIp) {
    SpanBatch batch = new SpanBatch(true);
    ServiceIdentity identity = new ServiceIdentity("Shop", null, null, "shop-0", "host-a");
    new SpanMapper(identity, clientIp, new MessageMask(List.of("page")))
        .map(exchange, new JsonSpanWriter(batch));
    SpanBatch.Message message = batch.message(0, 1);
    byte[] json =
        Arrays.copyOfRange(message.bytes, message.offset, message.offset + message.length);
    return SpanBytesDecoder.JSON_V2.decodeList(json).get(0);
  }
}
