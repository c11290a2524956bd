// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real node of {@link ElasticsearchIT} does not say: a fake says it. */
final class ElasticsearchRefusalTest {

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    AgentLog.to(new PrintStream(told, true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void sendsAgainOnlyWhatWasTooMuchForTheServer() throws IOException {
    try (FakeBulk server = FakeBulk.start().answersItems(201, 429, 201, 503)) {
      LogExporter exporter = burst(server.url(), 4);

      Samples.await("all", () -> logs().acked() == 4);

      List<FakeBulk.Request> requests = server.requests();
      List<String> ids = requests.get(0).ids();
      assertThat(ids).hasSize(4).doesNotHaveDuplicates();
      assertThat(requests.get(1).ids()).containsExactly(ids.get(1), ids.get(3));
      assertThat(requests.get(1).nanos() - requests.get(0).nanos())
          .as("waits before it")
          .isGreaterThan(Duration.ofMillis(190).toNanos());
      assertThat(requests.get(0).target()).startsWith("/_bulk?");
      Samples.close(exporter, Duration.ofSeconds(1));
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void waitsLongerEachTimeWhileTheServerIsBusy() throws IOException {
    String busy = "{\"error\":{\"type\":\"circuit_breaking_exception\"},\"status\":429}";
    try (FakeBulk server =
        FakeBulk.start().answers(429, busy).answers(503, "").answers(429, busy)) {
      LogExporter exporter = burst(server.url(), 1);

      Samples.await("the line", () -> logs().acked() == 1);

      List<FakeBulk.Request> requests = server.requests();
      assertThat(requests).hasSize(4);
      long first = requests.get(1).nanos() - requests.get(0).nanos();
      long last = requests.get(3).nanos() - requests.get(2).nanos();
      assertThat(last).isGreaterThan(2 * first);
      assertThat(told.toString()).contains("takes no lines (HTTP 429 circuit_breaking_exception)");
      assertThat(logs().state()).isEqualTo("up");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void sendsFewerAtOnceWhenTheRequestIsTooLarge() throws IOException {
    try (FakeBulk server = FakeBulk.start().answers(413, "").answers(413, "")) {
      LogExporter exporter = burst(server.url(), 8);

      Samples.await("all", () -> logs().acked() == 8);

      assertThat(server.requests())
          .extracting(r -> r.ids().size())
          .containsExactly(8, 4, 2, 2, 2, 2);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void dropsALineThatIsTooLargeByItself() throws IOException {
    try (FakeBulk server = FakeBulk.start().answers(413, "")) {
      LogExporter exporter = burst(server.url(), 1);

      Samples.await("dropped", () -> logs().dropped() == 1);

      assertThat(logs().droppedByReason()).containsEntry("too large", 1L);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void keepsLinesWhileTheKeyIsWrongAndTellsItOnce() throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "id:wrong-secret\n");
    try (FakeBulk server = FakeBulk.start().allows("ApiKey aWQ6cmlnaHQtc2VjcmV0", 401)) {
      LogExporter exporter = exporter(config(server.url()).credentials(key.toString(), null, null));
      exporter.log(Samples.log("n0"));
      Samples.await("told", () -> logs().state().equals("down: HTTP 401 security_exception"));
      Samples.await("again", () -> server.requests().size() >= 2);
      assertThat(logs().queued()).isEqualTo(1);

      Files.writeString(key, "id:right-secret\n");

      Samples.await("the line", () -> logs().acked() == 1);
      assertThat(told.toString().lines().filter(line -> line.contains("401"))).hasSize(1);
      assertThat(told.toString()).doesNotContain("secret\n", "wrong-secret", "ApiKey", "aWQ6");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void countsWhatAWrongKeyCostsInTheEnd() throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "secret");
    try (FakeBulk server = FakeBulk.start().allows("Basic bmFtZTpvdGhlcg==", 403)) {
      LogExporter exporter =
          exporter(config(server.url()).credentials(null, "name", password.toString()));
      exporter.log(Samples.log("n0"));
      Samples.await("tried", () -> !server.requests().isEmpty());

      Samples.close(exporter, Duration.ofSeconds(1));

      assertThat(server.requests().get(0).authorization()).isEqualTo("Basic bmFtZTpzZWNyZXQ=");
      assertThat(logs().droppedByReason()).containsEntry("shutdown", 1L);
      assertThat(Samples.balances(ledger)).isTrue();
    }
  }

  @Test
  void followsNoRedirect() throws IOException {
    try (FakeBulk server = FakeBulk.start().answers(307, "")) {
      LogExporter exporter = burst(server.url(), 1);

      Samples.await("the line", () -> logs().acked() == 1);

      assertThat(server.requests())
          .hasSize(2)
          .allSatisfy(request -> assertThat(request.target()).startsWith("/_bulk"));
      assertThat(told.toString()).contains("HTTP 307");
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void takesNoAnswerForYesThatIsNotBulks() throws IOException {
    try (FakeBulk server = FakeBulk.start().answers(200, "{}")) {
      LogExporter exporter = burst(server.url(), 1);

      Samples.await("the line", () -> logs().acked() == 1);

      assertThat(server.requests()).hasSize(2);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void failsOverAndStaysThere() throws IOException {
    try (FakeBulk first = FakeBulk.start().answers(503, "").answers(503, "");
        FakeBulk second = FakeBulk.start()) {
      LogExporter exporter =
          exporter(ElasticsearchConfig.parse(List.of(first.url(), second.url() + "/prefix/")));
      for (int i = 1; i <= 3; i++) {
        int count = i;
        exporter.log(Samples.log("n" + i));
        Samples.await("line " + i, () -> logs().acked() == count);
      }

      assertThat(first.requests()).hasSize(1);
      assertThat(second.requests())
          .hasSize(3)
          .allSatisfy(request -> assertThat(request.target()).startsWith("/prefix/_bulk?"));
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void sendsOverTlsOnlyWhereTheAuthorityIsKnown() throws Exception {
    TestKeys keys = TestKeys.make(folder, "elasticsearch");
    try (FakeBulk server = FakeBulk.startTls(keys.server())) {
      String url = "https://localhost:" + server.port();
      LogExporter strange = exporter(config(url));
      strange.log(Samples.log("secret"));
      Samples.await("refused", () -> logs().state().contains("certification path"));
      Samples.close(strange, Duration.ofMillis(500));
      assertThat(server.requests()).isEmpty();

      Ledger known = new Ledger();
      LogExporter exporter =
          Samples.exporter(
              LogConfig.builder().elasticsearch(config(url).caCert(keys.pem().toString())), known);
      exporter.log(Samples.log("n0"));

      Samples.await("acked", () -> Samples.account(known, "logs", "elasticsearch").acked() == 1);
      Samples.close(exporter, Duration.ofSeconds(1));
    }
  }

  @Test
  void tellsWhatIsWrongWithASettingAndNeverAPassword() {
    assertThatThrownBy(() -> config("https://me:hunter2@host"))
        .hasMessageContaining("logs.elasticsearch.user")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> config("ftp://host")).hasMessageContaining("logs.elasticsearch=ftp:");
    assertThatThrownBy(() -> config("http://host").index("Logs"))
        .hasMessageContaining("logs.elasticsearch.index=Logs: allowed are");
    assertThatThrownBy(() -> config("http://host").credentials("/key", "me", "/password"))
        .hasMessageContaining("api-key-file");
    assertThatThrownBy(() -> config("http://host").credentials(null, "me", null))
        .hasMessageContaining("both or none");
  }

  private static ElasticsearchConfig config(String url) {
    return ElasticsearchConfig.parse(List.of(url));
  }

  private LogExporter exporter(ElasticsearchConfig config) {
    return Samples.exporter(LogConfig.builder().elasticsearch(config), ledger);
  }

  /** Lines that wait already when the destination's thread begins, and so go out together. */
  private LogExporter burst(String url, int lines) {
    LogExporter exporter =
        new LogExporter(
            LogConfig.builder().elasticsearch(config(url)).build(),
            Samples.SHOP,
            Samples.MASK,
            Samples.MESSAGES,
            ledger);
    for (int i = 0; i < lines; i++) {
      exporter.log(Samples.log("n" + i));
    }
    exporter.start();
    return exporter;
  }

  private Ledger.Account logs() {
    return Samples.account(ledger, "logs", "elasticsearch");
  }
}
