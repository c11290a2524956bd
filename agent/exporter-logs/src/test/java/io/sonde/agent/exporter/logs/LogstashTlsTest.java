// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogstashTlsTest {

  private static final String PASSWORD = TestKeys.PASSWORD;

  @TempDir static Path directory;

  private static TestKeys server;
  private static Path keys;

  private final Ledger ledger = new Ledger();

  @BeforeAll
  static void makeCertificate() {
    server = TestKeys.make(directory, "logstash");
    keys = server.store();
  }

  @BeforeEach
  void keepQuiet() {
    AgentLog.to(new PrintStream(new ByteArrayOutputStream(), true));
  }

  @AfterEach
  void speakAgain() {
    AgentLog.to(null);
  }

  @Test
  void deliversOverTlsToATrustedHost() throws Exception {
    try (FakeLogstash logstash = tls()) {
      LogExporter exporter = exporterTo("localhost", logstash, keys, PASSWORD);

      for (int i = 0; i < 500; i++) {
        exporter.log(Samples.log("n" + i));
      }
      Samples.close(exporter, Duration.ofSeconds(10));

      Samples.await("all lines", () -> logstash.lines().size() == 500);
      assertThat(logs().sent()).isEqualTo(500);
    }
  }

  @Test
  void sendsNothingToAHostThatIsNotTheCertificates() throws Exception {
    try (FakeLogstash logstash = tls()) {
      LogExporter exporter = exporterTo("127.0.0.1", logstash, keys, PASSWORD);
      exporter.log(Samples.log("secret"));

      Samples.await("refused", () -> logs().state().contains("No subject alternative names"));

      Samples.close(exporter, Duration.ofMillis(500));
      assertThat(logstash.lines()).isEmpty();
      assertThat(logs().droppedByReason()).containsEntry("shutdown", 1L);
    }
  }

  @Test
  void sendsNothingToAHostThatNobodyVouchesFor() throws Exception {
    try (FakeLogstash logstash = tls()) {
      LogExporter exporter = exporterTo("localhost", logstash, null, null);
      exporter.log(Samples.log("secret"));

      Samples.await("refused", () -> logs().state().contains("certification path"));

      Samples.close(exporter, Duration.ofMillis(500));
      assertThat(logstash.lines()).isEmpty();
    }
  }

  @Test
  void tellsAServerThatAsksWhoItIs() throws Exception {
    TestKeys client = TestKeys.make(directory, "client");
    Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    try (FakeLogstash logstash = tlsFor(client)) {
      LogExporter exporter =
          Samples.exporter(
              trusting(logstash).keystore(client.store().toString(), null, password.toString()),
              ledger);
      exporter.log(Samples.log("n0"));

      Samples.await("the line", () -> logstash.lines().size() == 1);
      Samples.close(exporter, Duration.ofSeconds(1));
      assertThat(logs().sent()).isEqualTo(1);
    }
  }

  @Test
  void isRefusedByAServerThatAsksInVain() throws Exception {
    TestKeys client = TestKeys.make(directory, "stranger");
    try (FakeLogstash logstash = tlsFor(client)) {
      LogExporter exporter = Samples.exporter(trusting(logstash), ledger);
      exporter.log(Samples.log("n0"));

      Samples.await("told", () -> logs().state().startsWith("down: "));

      Samples.close(exporter, Duration.ofMillis(500));
      assertThat(logstash.lines()).isEmpty();
    }
  }

  @Test
  void tellsThatTheKeystoreCannotBeRead() throws Exception {
    try (FakeLogstash logstash = tls()) {
      LogExporter exporter =
          Samples.exporter(trusting(logstash).keystore("/no/such/file", PASSWORD, null), ledger);

      Samples.await("told", () -> logs().state().contains("logs.tls.keystore: /no/such/file"));

      Samples.close(exporter, Duration.ofMillis(500));
    }
  }

  @Test
  void tellsThatTheTruststoreCannotBeRead() throws Exception {
    try (FakeLogstash logstash = tls()) {
      LogExporter exporter = exporterTo("localhost", logstash, keys, "wrong");

      Samples.await("told", () -> logs().state().contains("password was incorrect"));

      Samples.close(exporter, Duration.ofMillis(500));
    }
  }

  private LogExporter exporterTo(
      String host, FakeLogstash logstash, Path truststore, String password) {
    String port = logstash.address().substring(logstash.address().indexOf(':'));
    return Samples.exporter(
        LogConfig.builder()
            .logstash(host + port)
            .tls(true)
            .truststore(truststore == null ? null : truststore.toString(), password),
        ledger);
  }

  private static LogConfig.Builder trusting(FakeLogstash logstash) {
    String port = logstash.address().substring(logstash.address().indexOf(':'));
    return LogConfig.builder()
        .logstash("localhost" + port)
        .tls(true)
        .truststore(keys.toString(), PASSWORD);
  }

  private static FakeLogstash tlsFor(TestKeys client) throws Exception {
    SSLServerSocket socket =
        (SSLServerSocket)
            server
                .server(client)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    return new FakeLogstash(socket);
  }

  private static FakeLogstash tls() throws IOException, GeneralSecurityException {
    return new FakeLogstash(
        server
            .server()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  private Ledger.Account logs() {
    return Samples.account(ledger, "logs", "logstash");
  }
}
