// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static io.sonde.dist.ObservedService.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Eventually;
import io.sonde.testkit.FreePort;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import io.sonde.testkit.Zipkin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than forty secrets, put wherever an application has them, each a string of its own. None may
 * be found in anything that Sonde sends, serves or writes.
 */
class SecretsIT {

  private static final String MARK = "CANARY-";

  /** Test numbers of payment networks, which are no canaries by their form. */
  private static final List<String> CARDS =
      List.of("4111111111111111", "5555 5555 5555 4444", "3782-822463-10005");

  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.Q0FOQVJZLWp3dA";
  private static final String AWS_KEY = "AKIACANARY0CANARY000";

  /** Messages of exceptions; each secret stands in one of them. */
  private static final List<String> MESSAGES =
      List.of(
          "login of user=CANARY-user password=CANARY-pair failed",
          "bad request {\"apiKey\":\"CANARY-json\",\"pin\" : CANARY-number}",
          "401 for Authorization: Bearer CANARY-bearer-0123456789",
          "header 'CANARY-quoted' refused",
          "ERROR: duplicate key, Detail: Key (email)=(CANARY-sql-key) already exists.",
          "in: insert into t values ('CANARY-sql-1', 'it''s CANARY-sql-2')",
          "cannot connect to jdbc:postgresql://db/o?user=bob&password=CANARY-jdbc-message",
          "GET ftp://CANARY-url-user:CANARY-url-password@host/file refused",
          "GET https://host/file?sig=CANARY-signature&x=1 answered 403",
          "the password is CANARY-sentence",
          "Set-Cookie: CANARY-cookie-message; Path=/",
          "Basic CANARY-basic-Zm9vOmJhcg== is not known",
          "token " + JWT + " is too old",
          "access key " + AWS_KEY + " is not active",
          "push with ghp_CANARYCANARYCANARYCANARY refused",
          "card " + CARDS.get(0) + " declined",
          "card " + CARDS.get(1) + " declined",
          "card " + CARDS.get(2) + " declined",
          "Order[id=7, secret=CANARY-record, total=3]",
          "-----BEGIN PRIVATE KEY-----CANARYprivatekey-----END PRIVATE KEY-----");

  @TempDir Path folder;

  @Test
  void noSecretIsFoundInAnyOutput() throws IOException {
    Path messages = Files.write(folder.resolve("messages"), MESSAGES);
    Path lines = folder.resolve("lines.json");
    try (Zipkin zipkin = Zipkin.start();
        ObservedService shop =
            ObservedService.start(
                application(messages),
                "zipkin.endpoint=" + zipkin.endpoint().replace("://", "://CANARY-zu:CANARY-zp@"),
                "zipkin.headers=X-Scope-Token=CANARY-zipkin-header",
                "logs.file=" + lines,
                "logs.client-ip=full",
                "statsd.flavor=datadog",
                "log.level=debug",
                "unknown.password=CANARY-setting")) {
      plant(shop);
      String health = Http.get(shop.healthUrl()).body();
      String status = shop.status().toString();
      shop.process().stop();

      Map<String, String> outputs = new TreeMap<>();
      outputs.put("statsd", String.join("\n", shop.statsd().packets()));
      outputs.put("Logstash", String.join("\n", shop.logs().lines()));
      outputs.put("the file of lines", Files.readString(lines));
      outputs.put("Zipkin", zipkin.traces("shop").toString());
      outputs.put("/health", health);
      outputs.put("/sonde/status", status);
      outputs.put("Sonde's log", String.join("\n", sondesOwn(shop.process().stderrLines())));
      outputs.forEach((name, text) -> assertThat(found(text)).as(name).isEmpty());
      assertThat(outputs.get("Logstash"))
          .contains("user=***", "labels.user_password")
          .contains("a form came");
      assertThat(outputs.get("Zipkin")).contains("user=***");
      assertThat(outputs.get("/health")).contains("HikariPool-1:connections");
    }
  }

  private static AgentProcess.Launch application(Path messages) {
    int closed = FreePort.find();
    String jdbcUrl =
        "jdbc:postgresql://127.0.0.1:" + closed + "/orders?user=CANARY-db-user&password=CANARY-db";
    return Apps.secrets(Jdk.of(17), jdbcUrl, messages)
        .env("DB_PASSWORD", "CANARY-environment")
        .env("AWS_SECRET_ACCESS_KEY", "CANARY-aws-environment")
        .systemProperty("db.password", "CANARY-system-property")
        .jvm("-Djavax.net.ssl.keyStorePassword=CANARY-jvm-argument");
  }

  private static void plant(ObservedService shop) {
    String[] headers = {
      "Authorization", "Bearer CANARY-authorization",
      "Cookie", "session=CANARY-cookie",
      "X-Api-Key", "CANARY-api-key",
      "Proxy-Authorization", "Basic CANARY-proxy",
      "Target", shop.url() + "/query?token=CANARY-call-query",
    };
    for (int i = 0; i < MESSAGES.size(); i++) {
      // JDK's server drops the connection when a handler throws.
      dropped(shop, "/fail?" + i);
      shop.get("/thread?" + i, headers);
      shop.get("/log?" + i, headers);
    }
    shop.get("/query?password=CANARY-query&CANARY-lone-word", headers);
    shop.get("/query?q=select+'CANARY-query-sql'&access_token=CANARY-access-token", headers);
    shop.get("/call?page=1", headers);
    Http.send(
        "POST",
        shop.url() + "/form?csrf=CANARY-csrf",
        "user.password=CANARY-form&session-cookie=CANARY-mdc&note=Bearer+x&card="
            + CARDS.get(0)
            + "&jwt="
            + JWT,
        headers);
    shop.awaitAccess("/form");
    Eventually.that(
        LIMIT,
        () ->
            shop.logs().events().stream().filter(event -> event.has("labels.fingerprint")).count()
                >= 3 * MESSAGES.size());
  }

  private static void dropped(ObservedService shop, String path) {
    try {
      shop.get(path);
    } catch (RuntimeException | AssertionError e) {
      // As it is meant to be.
    }
  }

  /** What the application itself and the JDK print is theirs. */
  private static List<String> sondesOwn(List<String> stderr) {
    return stderr.stream().filter(line -> line.startsWith("[sonde]")).toList();
  }

  private static List<String> found(String text) {
    List<String> found = new ArrayList<>();
    for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
      found.add(text.substring(Math.max(0, at - 60), Math.min(text.length(), at + 40)));
    }
    for (String secret : CARDS) {
      if (text.contains(secret)) {
        found.add(secret);
      }
    }
    for (String secret : List.of(JWT, AWS_KEY, "ghp_CANARY", "CANARYprivatekey")) {
      if (text.contains(secret)) {
        found.add(secret);
      }
    }
    return found;
  }
}
