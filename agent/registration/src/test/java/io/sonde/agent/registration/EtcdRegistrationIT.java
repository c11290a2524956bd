// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import static io.sonde.agent.registration.RegisteredService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.Etcd;
import io.sonde.testkit.Eventually;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a real etcd (3.4.23 is what Debian has). */
@Timeout(60)
class EtcdRegistrationIT {

  private static final String KEY = "/services/shop/one";

  @Test
  void keepsAKeyUnderALeaseAsLongAsItLives() throws Exception {
    try (Etcd etcd = Etcd.start();
        RegisteredService shop =
            new RegisteredService().etcd(etcd.url(), config -> config).accepting()) {
      Eventually.that(LIMIT, () -> !etcd.value(KEY).isEmpty());
      assertThat(etcd.value(KEY))
          .isEqualTo(
              "{\"name\":\"shop\",\"instance\":\"one\",\"address\":\"10.0.0.7\",\"port\":8080,"
                  + "\"health\":\"http://127.0.0.1:%d/health\",\"version\":\"2.4.1\"}"
                      .formatted(shop.port()));
      String lease = etcd.lease(KEY);
      Thread.sleep(5_000);
      assertThat(etcd.lease(KEY)).as("renewed beyond its 3 s").isEqualTo(lease);

      etcd.api("/v3/lease/revoke", "{\"ID\":\"%s\"}".formatted(lease));
      Eventually.that(LIMIT, () -> !etcd.value(KEY).isEmpty());
      assertThat(etcd.lease(KEY)).isNotEqualTo(lease);
      assertThat(shop.log()).contains("; registered again").doesNotContain("not registered");

      etcd.stop();
      Eventually.that(LIMIT, () -> shop.state().equals("not renewed"));
      etcd.restart();
      Eventually.that(LIMIT, () -> shop.state().equals("registered"));
      Eventually.that(LIMIT, () -> !etcd.value(KEY).isEmpty());

      shop.shutDown();
      assertThat(etcd.value(KEY)).isEmpty();
    }
  }

  @Test
  void logsInWhereEtcdAsksForIt() {
    try (Etcd etcd = Etcd.start()) {
      for (List<String> step :
          List.of(
              List.of("user/add", "{\"name\":\"root\",\"password\":\"of-this-test\"}"),
              List.of("role/add", "{\"name\":\"root\"}"),
              List.of("user/grant", "{\"user\":\"root\",\"role\":\"root\"}"),
              List.of("enable", "{}"))) {
        etcd.api("/v3/auth/" + step.get(0), step.get(1));
      }
      try (RegisteredService nobody =
          new RegisteredService().etcd(etcd.url(), config -> config).accepting()) {
        Eventually.that(LIMIT, () -> nobody.state().equals("not registered"));
        assertThat(nobody.logLines("set etcd.user and etcd.password")).hasSize(1);
      }
      try (RegisteredService shop =
          new RegisteredService()
              .etcd(etcd.url(), config -> config.user("root", "of-this-test"))
              .accepting()) {
        Eventually.that(LIMIT, () -> shop.state().equals("registered"));
        assertThat(shop.log()).doesNotContain("of-this-test");
      }
    }
  }
}
