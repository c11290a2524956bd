// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.logs.ElasticsearchConfig;
import io.sonde.agent.exporter.logs.LogConfig;
import io.sonde.agent.exporter.zipkin.ZipkinConfig;
import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.http.KeptConnection;
import io.sonde.agent.http.Tls;
import io.sonde.agent.recording.Secret;
import io.sonde.agent.startup.doctor.Report;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One round trip to each destination of the settings, with the exporters' own connections: is
 * somebody there, and does he let us in. Sends nothing that is kept.
 */
final class DoctorDestinations {

  private static final int TIMEOUT_MILLIS = 3_000;

  /** As long as the answer of a host that has nobody on a port may take. */
  private static final int UDP_ANSWER_MILLIS = 300;

  private static final int MAX_TEXT = 4_096;

  /** Tells what happened, or throws what went wrong. */
  private interface Trip {
    String go() throws IOException;
  }

  private final Settings settings;
  private final Map<String, String> environment;
  private final Report report;

  private DoctorDestinations(Settings settings, Map<String, String> environment, Report report) {
    this.settings = settings;
    this.environment = environment;
    this.report = report;
  }

  static void visit(Settings settings, Map<String, String> environment, Report report) {
    DoctorDestinations all = new DoctorDestinations(settings, environment, report);
    all.statsd();
    all.logs();
    all.zipkin();
    all.registries();
    all.places();
  }

  private void go(String name, String address, String setting, Trip trip) {
    long start = System.nanoTime();
    String answer = "";
    String trouble = null;
    try {
      answer = trip.go();
    } catch (IOException | RuntimeException e) {
      trouble = reason(e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    String shown = masked(address);
    report.destination(name, shown, answer, millis, trouble);
    if (trouble != null) {
      report.finding(name + " " + shown + ": " + trouble, "start it, or correct " + setting);
    }
  }

  private static String reason(Exception e) {
    if (e instanceof UnknownHostException) {
      return "unknown host";
    }
    return masked(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
  }

  /** Basic authentication may stand in a URL, and a key in its query. */
  private static String masked(String text) {
    return text.replaceAll("//[^/@\\s]*@", "//***@").replaceAll("\\?\\S*", "?***");
  }

  private void statsd() {
    String host = settings.find(Keys.STATSD_HOST);
    if (host == null && settings.get(Keys.STATSD_FLAVOR).equals("datadog")) {
      host = environment.get("DD_AGENT_HOST");
    }
    if (host == null) {
      return;
    }
    String to = host;
    int port = settings.get(Keys.STATSD_PORT);
    boolean tcp = settings.get(Keys.STATSD_PROTOCOL).equals("tcp");
    go(
        "statsd " + (tcp ? "tcp" : "udp"),
        to + ":" + port,
        "statsd.host, statsd.port",
        () -> tcp ? connect(to, port) : datagram(to, port));
  }

  private static String connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(resolved(host, port), TIMEOUT_MILLIS);
      return "accepts";
    }
  }

  /** An empty line is no metric. Whoever sends a second one is told that nobody took the first. */
  private static String datagram(String host, int port) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.configureBlocking(false);
      channel.connect(resolved(host, port));
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      Thread.sleep(UDP_ANSWER_MILLIS);
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      channel.read(ByteBuffer.allocate(16));
      return "sent; UDP does not answer, but nobody has refused it";
    } catch (PortUnreachableException e) {
      throw new IOException("nobody listens", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static InetSocketAddress resolved(String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException(host);
    }
    return address;
  }

  private void logs() {
    LogConfig config =
        LogConfig.builder()
            .tls(settings.get(Keys.LOGS_TLS))
            .truststore(
                settings.find(Keys.LOGS_TLS_TRUSTSTORE),
                settings.find(Keys.LOGS_TLS_TRUSTSTORE_PASSWORD))
            .keystore(
                settings.find(Keys.LOGS_TLS_KEYSTORE),
                settings.find(Keys.LOGS_TLS_KEYSTORE_PASSWORD),
                settings.find(Keys.LOGS_TLS_KEYSTORE_PASSWORD_FILE))
            .build();
    String connected = settings.get(Keys.LOGS_TLS) ? "accepts, TLS" : "accepts";
    for (Setting<List<String>> setting : Arrays.asList(Keys.LOGS_LOGSTASH, Keys.LOGS_LUMBERJACK)) {
      for (String address : settings.get(setting)) {
        go(
            setting.key.substring("logs.".length()),
            address,
            setting.key,
            () -> {
              config.connect(address, TIMEOUT_MILLIS);
              return connected;
            });
      }
    }
    for (String url : settings.get(Keys.LOGS_ELASTICSEARCH)) {
      go("elasticsearch", url, Keys.LOGS_ELASTICSEARCH.key, () -> elasticsearch(url));
    }
  }

  private String elasticsearch(String url) throws IOException {
    return expect(
        ElasticsearchConfig.parse(Collections.singletonList(url))
            .credentials(
                settings.find(Keys.LOGS_ELASTICSEARCH_API_KEY_FILE),
                settings.find(Keys.LOGS_ELASTICSEARCH_USER),
                settings.find(Keys.LOGS_ELASTICSEARCH_PASSWORD_FILE))
            .caCert(settings.find(Keys.LOGS_ELASTICSEARCH_CA_CERT))
            .ask(TIMEOUT_MILLIS));
  }

  /** Its text may repeat what was sent: the status must do. */
  private static String expect(HttpResponse response) throws IOException {
    if (!response.ok()) {
      String why = response.status() == 401 || response.status() == 403 ? ", not let in" : "";
      throw new IOException("HTTP " + response.status() + why);
    }
    return "HTTP " + response.status();
  }

  private void zipkin() {
    String endpoint = settings.find(Keys.ZIPKIN_ENDPOINT);
    if (endpoint == null) {
      return;
    }
    go(
        "zipkin",
        endpoint,
        "zipkin.endpoint, zipkin.headers",
        () -> {
          ZipkinConfig.parse(
                  endpoint, settings.find(Keys.ZIPKIN_HEADERS), settings.get(Keys.ZIPKIN_ENCODING))
              .postNothing();
          return "takes spans";
        });
  }

  private void registries() {
    if (settings.get(Keys.CONSUL_REGISTER)) {
      String set = or(settings.find(Keys.CONSUL_ADDRESS), "CONSUL_HTTP_ADDR");
      String address = set == null ? "127.0.0.1:8500" : set;
      go("consul", address, "consul.address, consul.token", () -> consul(address));
    }
    if (settings.get(Keys.ETCD_REGISTER)) {
      String address = settings.get(Keys.ETCD_ENDPOINT);
      go("etcd", address, Keys.ETCD_ENDPOINT.key, () -> etcd(address));
    }
  }

  private String consul(String address) throws IOException {
    boolean secure = "true".equalsIgnoreCase(environment.get("CONSUL_HTTP_SSL"));
    Secret token =
        new Secret(
            "consul.token-file",
            or(settings.find(Keys.CONSUL_TOKEN), "CONSUL_HTTP_TOKEN"),
            or(settings.find(Keys.CONSUL_TOKEN_FILE), "CONSUL_HTTP_TOKEN_FILE"));
    token.changed();
    String value = token.value();
    return get(
        Endpoint.parse("consul.address", address, secure, 8_500),
        "/v1/agent/self",
        value == null ? "" : "X-Consul-Token: " + value.replaceAll("[^\\x21-\\x7e]", "") + "\r\n",
        or(settings.find(Keys.CONSUL_CA_CERT), "CONSUL_CACERT"));
  }

  private String etcd(String address) throws IOException {
    return get(
        Endpoint.parse("etcd.endpoint", address, false, 2_379),
        "/version",
        "",
        settings.find(Keys.ETCD_CA_CERT));
  }

  private static String get(Endpoint endpoint, String path, String header, @Nullable String caFile)
      throws IOException {
    Tls tls = caFile == null ? Tls.trustingTheJvms() : Tls.trusting(caFile);
    KeptConnection connection =
        new KeptConnection(
            endpoint.host(),
            endpoint.port(),
            endpoint.secure() ? tls : null,
            TIMEOUT_MILLIS,
            MAX_TEXT);
    String head =
        String.format(
            "GET %s%s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: sonde\r\n%s",
            endpoint.path(), path, endpoint.host(), endpoint.port(), header);
    try {
      return expect(connection.exchange(head, new byte[0], 0, 0));
    } finally {
      connection.abort();
    }
  }

  private @Nullable String or(@Nullable String set, String variable) {
    String other = environment.get(variable);
    return set != null || other == null || other.trim().isEmpty() ? set : other.trim();
  }

  private void places() {
    place(Keys.LOGS_FILE, true);
    place(Keys.LOGS_SPOOL, false);
    place(Keys.ZIPKIN_SPOOL, false);
    place(Keys.LOG_FILE, true);
  }

  /** Asks, as the user who runs this; creates nothing. */
  private void place(Setting<String> setting, boolean isFile) {
    String path = settings.find(setting);
    if (path != null) {
      go(setting.key, path, setting.key, () -> writable(new File(path).getAbsoluteFile(), isFile));
    }
  }

  private static String writable(File place, boolean isFile) throws IOException {
    if (place.exists() && place.isDirectory() == isFile) {
      throw new IOException(isFile ? "is a folder" : "is not a folder");
    }
    File there = place;
    while (!there.exists() && there.getParentFile() != null) {
      there = there.getParentFile();
    }
    if (!there.canWrite() || there != place && !there.isDirectory()) {
      throw new IOException("not writable: " + there);
    }
    return there.equals(place) ? "writable" : "can be made in " + there;
  }
}
