// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of the B3 and Trace Context specifications. */
class TraceHeadersTest {

  private static final String TRACE_128 = "80f198ee56343ba864fe8b2a57d3eff7";
  private static final String TRACE_64 = "64fe8b2a57d3eff7";
  private static final String SPAN = "e457b5a2e4d86bd1";
  private static final String PARENT = "05e3ac9a4f6e3b90";
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", 0);

  @Test
  void readsB3InFull() {
    assertThat(TraceHeaders.readB3(TRACE_128 + "-" + SPAN + "-1-" + PARENT, exchange)).isTrue();

    assertThat(exchange.traceIdString()).isEqualTo(TRACE_128);
    assertThat(Ids.hex(exchange.parentId)).isEqualTo(SPAN);
    assertThat(exchange.spanId).isZero();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_YES);
    assertThat(exchange.debug).isFalse();
  }

  @Test
  void readsB3WithoutParentOrDecisionAndWithAShortId() {
    assertThat(TraceHeaders.readB3(TRACE_64 + "-" + SPAN, exchange)).isTrue();

    assertThat(exchange.traceIdString()).isEqualTo(TRACE_64);
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_OPEN);
    assertThat(TraceHeaders.readB3(TRACE_64 + "-" + SPAN + "-0", exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_NO);
    assertThat(TraceHeaders.readB3(TRACE_64 + "-" + SPAN + "-d", exchange)).isTrue();
    assertThat(exchange.sampled()).isTrue();
    assertThat(exchange.debug).isTrue();
  }

  @Test
  void readsAB3DecisionAlone() {
    assertThat(TraceHeaders.readB3("0", exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_NO);
    assertThat(TraceHeaders.readB3("1", exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_YES);
    assertThat(exchange.debug).isFalse();
    assertThat(TraceHeaders.readB3("d", exchange)).isTrue();
    assertThat(exchange.debug).isTrue();
    assertThat(exchange.traceId).isZero();
  }

  @Test
  void readsAnIdWhoseUpperHalfIsZeroAsAShortOne() {
    assertThat(TraceHeaders.readB3("0000000000000000" + TRACE_64 + "-" + SPAN, exchange)).isTrue();

    assertThat(exchange.traceIdString()).isEqualTo(TRACE_64);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "-",
        "2",
        "dd",
        TRACE_64,
        TRACE_64 + "-",
        TRACE_64 + "-" + SPAN + "-",
        TRACE_64 + "-" + SPAN + "--",
        TRACE_64 + "-" + SPAN + "-2",
        TRACE_64 + "-" + SPAN + "-1-",
        TRACE_64 + "-" + SPAN + "-1-0000000000000000",
        TRACE_64 + "-" + SPAN + "-1-" + PARENT + "-",
        TRACE_64 + "-" + SPAN + "-" + PARENT,
        TRACE_64 + "-0000000000000000-1",
        "0000000000000000-" + SPAN + "-1",
        "00000000000000000000000000000000-" + SPAN + "-1",
        "x" + TRACE_64 + "-" + SPAN,
        "zzzzzzzzzzzzzzzz64fe8b2a57d3eff7-" + SPAN,
        "64fe8b2a57d3efg7-" + SPAN,
        "６４fe8b2a57d3eff7-" + SPAN,
        TRACE_64 + "_" + SPAN,
        " " + TRACE_64 + "-" + SPAN,
      })
  void leavesTheExchangeAloneWhenB3IsNotValid(String value) {
    assertThat(TraceHeaders.readB3(value, exchange)).isFalse();
    assertUntouched();
  }

  @Test
  void readsB3InSeveralHeaders() {
    assertThat(TraceHeaders.readB3Multi(TRACE_128, SPAN, PARENT, "1", null, exchange)).isTrue();

    assertThat(exchange.traceIdString()).isEqualTo(TRACE_128);
    assertThat(Ids.hex(exchange.parentId)).isEqualTo(SPAN);
    assertThat(exchange.sampled()).isTrue();
  }

  @Test
  void readsTheDecisionOfSeveralHeaders() {
    assertThat(TraceHeaders.readB3Multi(TRACE_64, SPAN, null, null, null, exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_OPEN);
    assertThat(TraceHeaders.readB3Multi(TRACE_64, SPAN, null, "0", null, exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_NO);
    assertThat(TraceHeaders.readB3Multi(TRACE_64, SPAN, null, "true", "0", exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_YES);
    assertThat(exchange.debug).isFalse();
    assertThat(TraceHeaders.readB3Multi(TRACE_64, SPAN, null, null, "1", exchange)).isTrue();
    assertThat(exchange.sampled()).isTrue();
    assertThat(exchange.debug).isTrue();
  }

  @Test
  void readsADecisionAloneOfSeveralHeaders() {
    assertThat(TraceHeaders.readB3Multi(null, null, null, "False", null, exchange)).isTrue();

    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_NO);
    assertThat(exchange.traceId).isZero();
  }

  @Test
  void readsIdsThatLackLeadingZerosInSeveralHeaders() {
    assertThat(TraceHeaders.readB3Multi("1fe8b2a57d3eff7ab", "7", null, "1", null, exchange))
        .isTrue();

    assertThat(exchange.traceIdString()).isEqualTo("0000000000000001fe8b2a57d3eff7ab");
    assertThat(exchange.parentId).isEqualTo(7);
  }

  @Test
  void leavesTheExchangeAloneWhenSeveralHeadersAreNotValid() {
    String[][] bad = {
      {null, null, null, null, null},
      {null, null, null, "x", null},
      {TRACE_64, null, null, "1", null},
      {null, SPAN, null, "1", null},
      {"", SPAN, null, "1", null},
      {TRACE_64, "", null, "1", null},
      {"0", SPAN, null, "1", null},
      {TRACE_64, "0", null, "1", null},
      {TRACE_128 + "0", SPAN, null, "1", null},
      {TRACE_64, SPAN + "0", null, "1", null},
      {TRACE_64, SPAN, "x", "1", null},
      {"zz" + TRACE_64, SPAN, null, "1", null},
      {TRACE_64, SPAN, null, "yes", null},
    };
    for (String[] each : bad) {
      assertThat(TraceHeaders.readB3Multi(each[0], each[1], each[2], each[3], each[4], exchange))
          .as("%s", (Object) each)
          .isFalse();
      assertUntouched();
    }
  }

  @Test
  void readsTraceparent() {
    assertThat(TraceHeaders.readTraceparent(TRACEPARENT, exchange)).isTrue();

    assertThat(exchange.traceIdString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(Ids.hex(exchange.parentId)).isEqualTo("b7ad6b7169203331");
    assertThat(exchange.sampled()).isTrue();
    assertThat(TraceHeaders.readTraceparent(TRACEPARENT.replace("-01", "-fe"), exchange)).isTrue();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-brings",
        "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03-",
      })
  void readsTraceparentOfALaterVersion(String value) {
    assertThat(TraceHeaders.readTraceparent(value, exchange)).isTrue();
    assertThat(exchange.sampled()).isTrue();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
      })
  void leavesTheExchangeAloneWhenTraceparentIsNotValid(String value) {
    assertThat(TraceHeaders.readTraceparent(value, exchange)).isFalse();
    assertUntouched();
  }

  @Test
  void writesB3() {
    ids(TRACE_128, SPAN, PARENT);

    assertThat(TraceHeaders.b3(exchange)).isEqualTo(TRACE_128 + "-" + SPAN);
    exchange.decision = Exchange.DECISION_YES;
    assertThat(TraceHeaders.b3(exchange)).isEqualTo(TRACE_128 + "-" + SPAN + "-1-" + PARENT);
    exchange.decision = Exchange.DECISION_NO;
    exchange.parentId = 0;
    exchange.traceIdHigh = 0;
    assertThat(TraceHeaders.b3(exchange)).isEqualTo(TRACE_64 + "-" + SPAN + "-0");
    exchange.debug = true;
    assertThat(TraceHeaders.b3(exchange)).isEqualTo(TRACE_64 + "-" + SPAN + "-d");
  }

  @Test
  void writesTraceparentAndFillsUpAShortId() {
    ids("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", PARENT);
    exchange.decision = Exchange.DECISION_YES;

    assertThat(TraceHeaders.traceparent(exchange)).isEqualTo(TRACEPARENT);
    exchange.traceIdHigh = 0;
    exchange.decision = Exchange.DECISION_OPEN;
    assertThat(TraceHeaders.traceparent(exchange))
        .isEqualTo("00-00000000000000008448eb211c80319c-b7ad6b7169203331-00");
  }

  @Test
  void passesTraceStateOnUpTo512Characters() {
    assertThat(TraceHeaders.traceState("rojo=00f067aa0ba902b7,congo=t61")).hasSize(31);
    assertThat(TraceHeaders.traceState("a=" + "x".repeat(510))).hasSize(512);
    assertThat(TraceHeaders.traceState("a=1,b=" + "x".repeat(600))).isEqualTo("a=1");
    assertThat(TraceHeaders.traceState("a=1," + "b=2,".repeat(300))).hasSizeBetween(500, 512);
    assertThat(TraceHeaders.traceState("a=" + "x".repeat(600))).isNull();
    assertThat(TraceHeaders.traceState("a=1\r\nX: y")).isNull();
    assertThat(TraceHeaders.traceState("a=é")).isNull();
    assertThat(TraceHeaders.traceState("")).isNull();
    assertThat(TraceHeaders.traceState(null)).isNull();
  }

  @Test
  void neverThrowsAndReadsBackWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      String value = mutated(random);
      Exchange read = new Exchange(Exchange.Kind.SERVER, "test", 0);
      if (TraceHeaders.readB3(value, read) && read.traceId != 0) {
        assertWrittenBack(read);
      }
      Exchange other = new Exchange(Exchange.Kind.SERVER, "test", 0);
      if (TraceHeaders.readTraceparent(value, other)) {
        assertThat(other.traceId).isNotZero();
        assertWrittenBack(other);
      }
      TraceHeaders.readB3Multi(value, value, value, value, value, other);
      TraceHeaders.traceState(value);
      RequestId.valid(value);
    }
  }

  private static void assertWrittenBack(Exchange read) {
    read.spanId = read.parentId;
    read.parentId = 0;
    Exchange again = new Exchange(Exchange.Kind.SERVER, "test", 0);
    assertThat(TraceHeaders.readB3(TraceHeaders.b3(read), again)).isTrue();
    assertThat(again.traceIdString()).isEqualTo(read.traceIdString());
    assertThat(again.parentId).isEqualTo(read.spanId);
    assertThat(again.decision).isEqualTo(read.decision);
    assertThat(TraceHeaders.readTraceparent(TraceHeaders.traceparent(read), again)).isTrue();
    assertThat(again.traceIdString()).isEqualTo(read.traceIdString());
  }

  /** A valid header with a few characters changed, inserted, or cut off. */
  private static String mutated(Random random) {
    String[] valid = {
      TRACEPARENT, TRACE_128 + "-" + SPAN + "-1-" + PARENT, TRACE_64 + "-" + SPAN + "-d", "1",
    };
    StringBuilder text = new StringBuilder(valid[random.nextInt(valid.length)]);
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      char c =
          random.nextBoolean()
              ? "0afFgd-1 ".charAt(random.nextInt(9))
              : (char) random.nextInt(0x10000);
      if (at < text.length() && random.nextBoolean()) {
        text.setCharAt(at, c);
      } else if (random.nextBoolean()) {
        text.insert(at, c);
      } else {
        text.setLength(at);
      }
    }
    return text.toString();
  }

  private void ids(String traceId, String spanId, String parentId) {
    exchange.traceIdHigh = Ids.parse(traceId, 0, 16);
    exchange.traceId = Ids.parse(traceId, 16, 32);
    exchange.spanId = Ids.parse(spanId, 0, 16);
    exchange.parentId = Ids.parse(parentId, 0, 16);
  }

  private void assertUntouched() {
    assertThat(exchange.traceIdHigh).isZero();
    assertThat(exchange.traceId).isZero();
    assertThat(exchange.parentId).isZero();
    assertThat(exchange.decision).isEqualTo(Exchange.DECISION_OPEN);
    assertThat(exchange.debug).isFalse();
  }
}
