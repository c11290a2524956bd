// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTrailsTest {

  private final RequestTrails trails = new RequestTrails();
  private final Exchange request = request(7);

  private static Exchange request(long span) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", 0);
    exchange.traceId = 1;
    exchange.spanId = span;
    return exchange;
  }

  private static Exchange call(Exchange parent, String path) {
    Exchange exchange = new Exchange(Exchange.Kind.CLIENT, "test", 0);
    exchange.traceId = parent.traceId;
    exchange.parentId = parent.spanId;
    exchange.method = "GET";
    exchange.peerHost = "orders";
    exchange.peerPort = 8080;
    exchange.path = path;
    exchange.status = 200;
    exchange.durationNanos = 12_345_678;
    return exchange;
  }

  private void log(Exchange exchange, String message) {
    trails.logged(new LogEvent(3, 0, "com.shop.Cart", message, "http-1", null, null, exchange));
  }

  @Test
  void holdsTheLinesAndTheCallsOfOneRequest() {
    Exchange other = request(8);
    log(request, "loading cart 7");
    log(other, "something else");
    log(null, "of no request");
    trails.called(call(request, "/orders/7"));
    trails.called(call(other, "/else"));

    assertThat(trails.take(request))
        .containsExactly(
            "INFO com.shop.Cart: loading cart 7", "GET orders:8080/orders/7 200 12 ms");
  }

  @Test
  void holdsTheLastTwentyLines() {
    for (int i = 0; i < 25; i++) {
      log(request, "line " + i);
    }

    List<String> trail = trails.take(request);

    assertThat(trail).hasSize(20);
    assertThat(trail.get(0)).endsWith("line 5");
    assertThat(trail.get(19)).endsWith("line 24");
  }

  @Test
  void cutsLongLines() {
    log(request, "x".repeat(1_000_000));

    assertThat(trails.take(request).get(0)).hasSizeLessThan(250);
  }

  @Test
  void forgetsWhatWentWell() {
    log(request, "fine");
    trails.forget(request);

    assertThat(trails.take(request)).isEmpty();
  }

  @Test
  void holdsNoLineOfARequestThatIsOver() {
    request.end(1);
    log(request, "late");

    assertThat(trails.take(request)).isEmpty();
  }

  @Test
  void requestsThatNeverEndMakeRoomForOthers() {
    log(request, "never ends");
    for (int span = 100; span < 400; span++) {
      log(request(span), "x");
      trails.called(call(request(span), "/x"));
      trails.called(call(request(span), "/y"));
    }

    assertThat(trails.take(request)).isEmpty();
    assertThat(trails.take(request(399))).hasSize(3);
    assertThat(trails.take(request(110))).as("all of it was too long ago").isEmpty();
  }
}
