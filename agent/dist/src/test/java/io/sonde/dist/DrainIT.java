// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.Eventually;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service that goes on serving in its own shutdown hook. Real ones drain for 20 s and more; four
 * show the same: far longer than all of Sonde's deadlines.
 */
class DrainIT {

  private static final long DRAIN_MILLIS = 4_000;

  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void isObservedWhileItDrains(int version) {
    try (ObservedService shop =
        ObservedService.start(Apps.plain(Jdk.of(version), String.valueOf(DRAIN_MILLIS)))) {
      shop.get("/hello");
      Eventually.that(LIMIT, () -> Http.get(shop.healthUrl() + "/ready").status() == 200);

      ProcessHandle.of(shop.process().pid()).orElseThrow().destroy();
      shop.process().awaitStdout("draining", LIMIT);
      long began = System.nanoTime();

      shop.get("/slow?1");
      shop.awaitCounter("http.server.slow.GET.2xx.count", 1);
      shop.awaitAccess("/slow");
      Eventually.that(LIMIT, () -> Http.get(shop.healthUrl() + "/ready").status() == 503);
      assertThat(shop.process().isAlive()).isTrue();

      shop.get("/hello?page=2");
      shop.process().awaitStdout("drained", LIMIT);
      assertThat(shop.process().exitCode(LIMIT)).isEqualTo(143);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

      assertThat(took).isBetween(DRAIN_MILLIS - 500, DRAIN_MILLIS + 2_000);
      shop.awaitCounter("http.server.hello.GET.2xx.count", 2);
      shop.logs().awaitLine(event -> event.path("url.query").asText().equals("page=2"), LIMIT);
    }
  }
}
