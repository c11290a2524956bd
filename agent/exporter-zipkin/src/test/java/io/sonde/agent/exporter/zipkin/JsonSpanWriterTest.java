// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.ServiceIdentity;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import zipkin2.Span;
import zipkin2.codec.SpanBytesDecoder;
import zipkin2.reporter.Encoding;
import zipkin2.reporter.SpanBytesEncoder;

/** Against the library's own encoder, byte for byte. */
class JsonSpanWriterTest {

  private static final ServiceIdentity SHOP =
      new ServiceIdentity("Shop", null, null, "shop-0", "host-a");

  private static final String[] HOSTILE = {
    "",
    " ",
    "\"",
    "\\",
    "\\\"},{\"",
    "\u0000",
    "\u001f",
    "\t\b\n\r\f",
    "\u007f",
    "\u0080",
    "ß",
    "größe",
    "\u2028",
    "\u2029",
    "\u07ff",
    "\u0800",
    "\uffff",
    "😀",
    "\ud800",
    "\udc00",
    "\ud800x",
    "\udc00\ud800",
    "x\ud83d",
    "İ",
    "ΑΣ",
    "</script>",
    "%00",
    "a b",
    "☃".repeat(300),
  };

  private static final String[] ADDRESSES = {
    null,
    "1.2.3.4",
    "255.255.255.255",
    "256.1.1.1",
    "1.2.3",
    "1.2.3.4.5",
    "1..2.3",
    "1.2.3.4.",
    "::1",
    "2001:DB8::A",
    "::ffff:1.2.3.4",
    "fe80::1%eth0",
    "host",
    "",
    "1.2.3.4:80",
  };

  @Test
  void writesWhatTheLibraryWrites() {
    List<Exchange> exchanges = plain();

    for (Exchange exchange : exchanges) {
      assertThat(ours(List.of(exchange))).isEqualTo(theirs(List.of(exchange)));
    }
    assertThat(ours(exchanges)).isEqualTo(theirs(exchanges));
  }

  @Test
  void writesHostileTextAsTheLibraryDoes() {
    Random random = new Random(42);
    List<Exchange> batch = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Exchange exchange = hostile(random);
      assertThat(ours(List.of(exchange))).isEqualTo(theirs(List.of(exchange)));
      if (i % 50 == 0) {
        batch.add(exchange);
      }
    }
    assertThat(ours(batch)).isEqualTo(theirs(batch));
  }

  @Test
  void allocatesNothingButForTheUnusual() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Exchange exchange = Exchanges.server().caller("10.1.2.3").finished();
    SpanBatch batch = new SpanBatch(true);
    SpanMapper mapper = new SpanMapper(SHOP, ClientIp.FULL, new MessageMask(List.of()));
    JsonSpanWriter writer = new JsonSpanWriter(batch);
    int spans = 20_000;
    for (int i = 0; i < spans; i++) {
      writeOne(mapper, exchange, writer, batch);
    }

    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < spans; i++) {
      writeOne(mapper, exchange, writer, batch);
    }
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

    assertThat((after - before) / spans).isZero();
  }

  private static void writeOne(
      SpanMapper mapper, Exchange exchange, JsonSpanWriter writer, SpanBatch batch) {
    mapper.map(exchange, writer);
    if (batch.count() == 500) {
      batch.clear();
    }
  }

  private static List<Exchange> plain() {
    return List.of(
        Exchanges.server().finished(),
        Exchanges.server().ids(0, 1, -1, 1L << 63).debug().finished(),
        Exchanges.server().status(503).caller("10.0.0.7").finished(),
        Exchanges.client().finished(),
        Exchanges.client().peer(null, -1).finished(),
        Exchanges.client().peer("10.0.0.7", 65_535).status(0).finished(),
        Exchanges.client().peer("", 80).duration(Long.MAX_VALUE).finished(),
        Exchanges.server().request("", "", null).finished());
  }

  private static Exchange hostile(Random random) {
    return (random.nextBoolean() ? Exchanges.server() : Exchanges.client())
        .request(text(random), text(random), random.nextInt(4) == 0 ? null : text(random))
        .requestId(random.nextBoolean() ? null : text(random))
        .thrown(new IllegalStateException(text(random)))
        .caller(ADDRESSES[random.nextInt(ADDRESSES.length)])
        .peer(
            random.nextBoolean() ? text(random) : ADDRESSES[random.nextInt(ADDRESSES.length)],
            random.nextInt(70_000) - 2)
        .ids(random.nextInt(2) * random.nextLong(), random.nextLong() | 1, 2 + random.nextInt(9), 1)
        .finished();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        text.append((char) random.nextInt(0x10000));
      } else {
        text.append(HOSTILE[random.nextInt(HOSTILE.length)]);
      }
    }
    return text.toString();
  }

  private static String ours(List<Exchange> exchanges) {
    SpanBatch batch = new SpanBatch(true);
    JsonSpanWriter writer = new JsonSpanWriter(batch);
    exchanges.forEach(
        exchange ->
            new SpanMapper(SHOP, ClientIp.FULL, new MessageMask(List.of())).map(exchange, writer));
    return new String(bytes(batch), StandardCharsets.UTF_8);
  }

  /**
   * Through the library's model, its proto3, and back: the other writer is checked as well. Its
   * JSON encoder reserves two bytes too many for each U+2028 and U+2029, and leaves them NUL.
   */
  private static String theirs(List<Exchange> exchanges) {
    SpanBatch batch = new SpanBatch(false);
    Proto3SpanWriter writer = new Proto3SpanWriter(batch);
    exchanges.forEach(
        exchange ->
            new SpanMapper(SHOP, ClientIp.FULL, new MessageMask(List.of())).map(exchange, writer));
    List<byte[]> encoded = new ArrayList<>();
    for (Span span : SpanBytesDecoder.PROTO3.decodeList(bytes(batch))) {
      encoded.add(SpanBytesEncoder.JSON_V2.encode(span));
    }
    return new String(Encoding.JSON.encode(encoded), StandardCharsets.UTF_8).replace("\0", "");
  }

  private static byte[] bytes(SpanBatch batch) {
    SpanBatch.Message message = batch.message(0, batch.count());
    assertThat(message.length).isEqualTo(batch.sizeInBytes());
    return Arrays.copyOfRange(message.bytes, message.offset, message.offset + message.length);
  }
}
