// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sonde.agent.startup.doctor.Report;
import io.sonde.health.Json;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets: destinations that are there, that are not, and that do not let us in. */
class DoctorDestinationsTest {

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer http;
  private int status = 200;
  private String body = "";

  @BeforeEach
  void serve() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          byte[] posted = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Consul-Token")
                  + " "
                  + new String(posted, StandardCharsets.UTF_8));
          byte[] text = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void nothingIsVisitedThatIsNotSet() {
    assertThat(rows(visit(""), "destinations")).isEmpty();
  }

  @Test
  void udpThatNobodyRefusesIsSent() throws IOException {
    try (DatagramSocket statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Report report = visit("statsd.host=127.0.0.1,statsd.port=" + statsd.getLocalPort());

      assertThat(only(report)).contains("\"ok\":true", "UDP does not answer");
      DatagramPacket packet = new DatagramPacket(new byte[64], 64);
      statsd.receive(packet);
      assertThat(packet.getLength()).as("no metric").isEqualTo(1);
      assertThat(packet.getData()[0]).isEqualTo((byte) '\n');
    }
  }

  @Test
  void udpThatIsRefusedIsAFinding() throws IOException {
    int port;
    try (DatagramSocket closed = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Report report = visit("statsd.host=127.0.0.1,statsd.port=" + port);

    assertThat(only(report)).contains("\"ok\":false", "nobody listens");
    assertThat(findings(report)).contains("statsd udp 127.0.0.1:" + port + ": nobody listens");
  }

  @Test
  void connectionsAreMadeToTcpInputs() throws IOException {
    try (ServerSocket input = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + input.getLocalPort();
      Report report =
          visit(
              "statsd.host=127.0.0.1,statsd.protocol=tcp,statsd.port="
                  + input.getLocalPort()
                  + ",logs.logstash="
                  + address
                  + ",logs.lumberjack="
                  + address);

      assertThat(destinations(report)).contains("statsd tcp", "logstash", "lumberjack");
      assertThat(report.allWell()).isTrue();
      input.setSoTimeout(3_000);
      for (int i = 0; i < 3; i++) {
        input.accept().close();
      }
    }
  }

  @Test
  void aClosedPortAndAnUnknownHostAreFindings() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    Report report = visit("logs.logstash=127.0.0.1:" + port + "\\,nowhere.invalid:5000");

    assertThat(findings(report))
        .contains("logstash 127.0.0.1:" + port + ": Connection refused")
        .contains("nowhere.invalid:5000: unknown host");
  }

  @Test
  void theHandshakeOfTlsIsMade() throws Exception {
    // It answers like a server without TLS.
    Report report = visit("logs.tls=true,logs.logstash=" + address());

    assertThat(only(report)).contains("\"ok\":false");
  }

  @Test
  void zipkinIsPostedAnEmptyList() {
    status = 202;
    Report report = visit("zipkin.endpoint=http://ann:s3cret@" + address() + "/api/v2/spans");

    assertThat(requests).containsExactly("POST /api/v2/spans Basic YW5uOnMzY3JldA== null []");
    assertThat(only(report)).contains("\"ok\":true", "http://***@127.0.0.1", "takes spans");
    assertThat(Json.write(report.describe())).doesNotContain("s3cret").doesNotContain("YW5u");
  }

  @Test
  void whoIsNotLetInIsTold() throws IOException {
    status = 401;
    Path key = Files.write(folder.resolve("key"), "id:k3y".getBytes(StandardCharsets.UTF_8));
    Report report =
        visit(
            "logs.elasticsearch=http://"
                + address()
                + "/es,logs.elasticsearch.api-key-file="
                + key
                + ",consul.register=true,consul.token=t0ken,consul.address="
                + address()
                + ",etcd.register=true,etcd.endpoint=http://"
                + address());

    assertThat(requests)
        .containsExactly(
            "GET /es/ ApiKey aWQ6azN5 null ",
            "GET /v1/agent/self null t0ken ",
            "GET /version null null ");
    assertThat(findings(report))
        .contains("elasticsearch http://" + address() + "/es: HTTP 401, not let in")
        .contains("consul " + address() + ": HTTP 401, not let in")
        .contains("etcd http://" + address() + ": HTTP 401, not let in");
    assertThat(Json.write(report.describe())).doesNotContain("k3y").doesNotContain("t0ken");
  }

  /** Least privilege: to write documents, to register one service. */
  @Test
  void whoIsKnownButMayNotLookAboutIsWell() throws IOException {
    status = 403;
    Path key = Files.write(folder.resolve("key"), "id:k3y".getBytes(StandardCharsets.UTF_8));
    String elasticsearch =
        "logs.elasticsearch=http://" + address() + ",logs.elasticsearch.api-key-file=" + key;
    String consul = "consul.register=true,consul.address=" + address();

    assertThat(visit(elasticsearch).allWell()).isTrue();
    assertThat(visit(consul + ",consul.token=t0ken").allWell()).isTrue();
    assertThat(findings(visit(consul))).contains("HTTP 403, not let in");
    body = "ACL not found";
    assertThat(findings(visit(consul + ",consul.token=t0ken"))).contains("HTTP 403, not let in");
  }

  @Test
  void consulsOwnVariablesCount() {
    environment.put("CONSUL_HTTP_ADDR", address());
    environment.put("CONSUL_HTTP_TOKEN", "of-environment");

    assertThat(visit("consul.register=true").allWell()).isTrue();
    assertThat(requests).containsExactly("GET /v1/agent/self null of-environment ");
  }

  @Test
  void placesOnTheDiskAreLookedAtAndNotMade() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    Path made = folder.resolve("a/b/app.json");
    Report report = visit("logs.file=" + made + ",logs.spool=" + file + ",zipkin.spool=" + folder);

    assertThat(destinations(report)).contains("can be made in " + folder, "writable");
    assertThat(findings(report)).contains("logs.spool " + file + ": is not a folder");
    assertThat(rows(report, "findings")).hasSize(1);
    assertThat(made.getParent()).doesNotExist();
  }

  private String address() {
    return "127.0.0.1:" + http.getAddress().getPort();
  }

  private Report visit(String argument) {
    Report report = new Report("test");
    Settings settings = Settings.load(argument, new Properties(), environment);
    assertThat(settings.problems()).isEmpty();
    DoctorDestinations.visit(settings, environment, report);
    return report;
  }

  private static String only(Report report) {
    assertThat(rows(report, "destinations")).hasSize(1);
    return destinations(report);
  }

  private static List<?> rows(Report report, String section) {
    return (List<?>) report.describe().get(section);
  }

  private static String destinations(Report report) {
    return Json.write(report.describe().get("destinations"));
  }

  private static String findings(Report report) {
    return Json.write(report.describe().get("findings"));
  }
}
