// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.logs.ElasticsearchConfig;
import io.sonde.agent.exporter.logs.LogConfig;
import io.sonde.agent.exporter.zipkin.ZipkinConfig;
import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.recording.AgentThreads;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One round trip to each destination of the settings, with the exporters' own connections: is
 * somebody there, and does he let us in. Sends nothing that is kept.
 */
final class DoctorDestinations {

  private static final int TIMEOUT_MILLIS = 3_000;

  /** To look up a name, connect, shake hands and hear an answer. */
  private static final int LIMIT_SECONDS = 10;

  /** As long as the answer of a host that has nobody on a port may take. */
  private static final int UDP_ANSWER_MILLIS = 300;

  private static final int MAX_TEXT = 4_096;

  private static final String LET_IN = "HTTP 403: known there, but may not look about";

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
      answer = within(LIMIT_SECONDS, trip);
    } catch (TimeoutException e) {
      trouble = "no answer in " + LIMIT_SECONDS + " s";
    } catch (IOException e) {
      trouble = reason(e);
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    String shown = masked(address);
    report.destination(name, shown, answer, millis, trouble);
    if (trouble != null) {
      report.finding(name + " " + shown + ": " + trouble, "start it, or correct " + setting);
    }
  }

  /** A name server, and a peer that reads nothing, know no timeout. */
  private static String within(int seconds, Trip trip) throws IOException, TimeoutException {
    FutureTask<String> task = new FutureTask<>(trip::go);
    AgentThreads.unstarted("doctor", task).start();
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException
          ? (IOException) cause
          : new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
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
    return text.replaceAll("//.*@", "//***@").replaceAll("\\?\\S*", "?***");
  }

  private void statsd() {
    String host = Exporters.statsdHost(settings, environment);
    if (host == null) {
      return;
    }
    int port = settings.get(Keys.STATSD_PORT);
    boolean tcp = settings.get(Keys.STATSD_PROTOCOL).equals("tcp");
    go(
        "statsd " + (tcp ? "tcp" : "udp"),
        host + ":" + port,
        "statsd.host, statsd.port",
        () -> tcp ? connect(host, port) : datagram(host, port));
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
    LogConfig config = Exporters.tls(settings).build();
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
    HttpResponse answer =
        ElasticsearchConfig.parse(Collections.singletonList(url))
            .credentials(
                settings.find(Keys.LOGS_ELASTICSEARCH_API_KEY_FILE),
                settings.find(Keys.LOGS_ELASTICSEARCH_USER),
                settings.find(Keys.LOGS_ELASTICSEARCH_PASSWORD_FILE))
            .caCert(settings.find(Keys.LOGS_ELASTICSEARCH_CA_CERT))
            .ask(TIMEOUT_MILLIS);
    // Who may write documents only may not ask this.
    return answer.status() == 403 ? LET_IN : expect(answer);
  }

  /** Its text may repeat what was sent: the status must do. */
  private static String expect(HttpResponse answer) throws IOException {
    if (!answer.ok()) {
      boolean refused = answer.status() == 401 || answer.status() == 403;
      throw new IOException("HTTP " + answer.status() + (refused ? ", not let in" : ""));
    }
    return "HTTP " + answer.status();
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
      String set = or(Keys.CONSUL_ADDRESS, "CONSUL_HTTP_ADDR");
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
    Secret secret =
        new Secret(
            Keys.CONSUL_TOKEN_FILE.key,
            or(Keys.CONSUL_TOKEN, "CONSUL_HTTP_TOKEN"),
            or(Keys.CONSUL_TOKEN_FILE, "CONSUL_HTTP_TOKEN_FILE"));
    secret.changed();
    String token = secret.value();
    HttpResponse answer =
        Endpoint.parse(Keys.CONSUL_ADDRESS.key, address, secure, 8_500)
            .get(
                "/v1/agent/self",
                token == null
                    ? ""
                    : "X-Consul-Token: " + token.replaceAll("[^\\x21-\\x7e]", "") + "\r\n",
                or(Keys.CONSUL_CA_CERT, "CONSUL_CACERT"),
                TIMEOUT_MILLIS,
                MAX_TEXT);
    // A token for one service only may not ask this; one that does not exist is called so.
    boolean known =
        answer.status() == 403 && token != null && !answer.text().contains("ACL not found");
    return known ? LET_IN : expect(answer);
  }

  private String etcd(String address) throws IOException {
    return expect(
        Endpoint.parse(Keys.ETCD_ENDPOINT.key, address, false, 2_379)
            .get("/version", "", settings.find(Keys.ETCD_CA_CERT), TIMEOUT_MILLIS, MAX_TEXT));
  }

  private @Nullable String or(Setting<String> setting, String variable) {
    return Registrations.or(settings, setting, environment, variable);
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
