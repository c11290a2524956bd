// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Graphite: carbon, which keeps what comes, and graphite-web's render API. They are Debian's
 * packages below {@code SONDE_GRAPHITE}, else what {@code .ci/install} made, with an empty database
 * beside them; Debian's Python runs them.
 */
public final class Graphite implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String TABLES = "graphite.db";
  private static final String WEB = "usr/share/graphite-web/graphite.wsgi";

  /** Serves graphite-web. Arguments: its wsgi file, port. */
  private static final String SERVE =
      """
      import importlib.machinery, importlib.util, socketserver, sys
      from wsgiref import simple_server

      loader = importlib.machinery.SourceFileLoader('web', sys.argv[1])
      web = importlib.util.module_from_spec(importlib.util.spec_from_loader('web', loader))
      loader.exec_module(web)

      class Server(socketserver.ThreadingMixIn, simple_server.WSGIServer):
          daemon_threads = True

      class Quiet(simple_server.WSGIRequestHandler):
          def log_message(self, *args):
              pass

      simple_server.make_server(
          '127.0.0.1', int(sys.argv[2]), web.application, Server, Quiet).serve_forever()
      """;

  private final int[] port = FreePort.find(4);
  private final Path folder = Places.temporaryFolder("graphite");
  private final Path root;
  private final ForkedProcess carbon;
  private final ForkedProcess web;

  private Graphite(Path root, String schemas, String aggregation) {
    this.root = root;
    try {
      configure(schemas, aggregation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    carbon =
        launch(
            root.resolve("usr/bin/carbon-cache").toString(),
            "--config=" + folder.resolve("carbon.conf"),
            "--debug",
            "start");
    web = launch("-c", SERVE, root.resolve(WEB).toString(), String.valueOf(port[3]));
  }

  /**
   * Starts one on free ports and returns when it answers (3 s).
   *
   * @param schemas of {@code storage-schemas.conf}
   * @param aggregation of {@code storage-aggregation.conf}
   */
  public static Graphite start(String schemas, String aggregation) {
    Optional<Path> root = root();
    Requires.part(root.isPresent(), "Graphite: run .ci/install, or set SONDE_GRAPHITE to its root");
    Graphite graphite = new Graphite(root.get(), schemas, aggregation);
    graphite.awaitAnswer();
    return graphite;
  }

  /** Of carbon's line protocol, TCP. */
  public int carbonPort() {
    return port[0];
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port[3];
  }

  /**
   * What Grafana asks for a panel: an array of {@code target} and {@code datapoints}.
   *
   * @param from as the API takes it, {@code -5min}
   */
  public JsonNode render(String target, String from) {
    // Not posted: wsgiref closes each connection, and the JDK's client tries a GET again.
    String query =
        "/render?format=json&noCache=1&from=%s&target=%s"
            .formatted(from, URLEncoder.encode(target, StandardCharsets.UTF_8));
    Http.Response response = Http.get(url() + query);
    if (response.status() != 200) {
      throw new AssertionError(target + ": " + response);
    }
    return response.json();
  }

  /** The names one level below, as a dashboard's variable has them. */
  public JsonNode find(String query) {
    return Http.get(
            url() + "/metrics/find?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .json();
  }

  /** Keeps a value of another time than now. */
  public void put(String name, double value, long epochSeconds) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port[0]);
        OutputStream out = socket.getOutputStream()) {
      out.write("%s %s %d\n".formatted(name, value, epochSeconds).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    web.close();
    carbon.close();
    Places.delete(folder);
  }

  private void configure(String schemas, String aggregation) throws IOException {
    Files.copy(root.resolve(TABLES), folder.resolve(TABLES));
    Files.createDirectories(folder.resolve("whisper"));
    Files.createDirectories(folder.resolve("log"));
    Files.writeString(folder.resolve("storage-schemas.conf"), schemas);
    Files.writeString(folder.resolve("storage-aggregation.conf"), aggregation);
    Files.writeString(
        folder.resolve("carbon.conf"),
        """
        [cache]
        STORAGE_DIR=%1$s
        CONF_DIR=%1$s
        LOG_DIR=%1$s/log
        PID_DIR=%1$s
        LOCAL_DATA_DIR=%1$s/whisper
        USER=
        LINE_RECEIVER_INTERFACE=127.0.0.1
        LINE_RECEIVER_PORT=%2$d
        PICKLE_RECEIVER_INTERFACE=127.0.0.1
        PICKLE_RECEIVER_PORT=%3$d
        CACHE_QUERY_INTERFACE=127.0.0.1
        CACHE_QUERY_PORT=%4$d
        MAX_UPDATES_PER_SECOND=2000
        MAX_CREATES_PER_MINUTE=inf
        MAX_CACHE_SIZE=inf
        CARBON_METRIC_INTERVAL=0
        ENABLE_TAGS=False
        WHISPER_SPARSE_CREATE=True
        """
            .formatted(folder, port[0], port[1], port[2]));
    Files.writeString(
        folder.resolve("local_settings.py"),
        """
        SECRET_KEY='test'; ALLOWED_HOSTS=['*']; TIME_ZONE='UTC'; LOG_ROTATION=False
        STORAGE_DIR='%1$s'; CONF_DIR='%1$s'; LOG_DIR='%1$s/log'; INDEX_FILE='%1$s/index'
        GRAPHITE_ROOT='%2$s/usr/share/graphite-web'; STATIC_ROOT=GRAPHITE_ROOT+'/static'
        WHISPER_DIR='%1$s/whisper'; STANDARD_DIRS=[WHISPER_DIR]
        CARBONLINK_HOSTS=['127.0.0.1:%3$d']
        DATABASES={'default':{'ENGINE':'django.db.backends.sqlite3','NAME':'%1$s/graphite.db'}}
        """
            .formatted(folder, root, port[2]));
  }

  private ForkedProcess launch(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("/usr/bin/python3");
    builder.command().addAll(List.of(arguments));
    builder
        .environment()
        .put("PYTHONPATH", folder + ":" + root.resolve("usr/lib/python3/dist-packages"));
    builder
        .environment()
        .put("LD_LIBRARY_PATH", root.resolve("usr/lib/x86_64-linux-gnu").toString());
    builder.environment().put("GRAPHITE_SETTINGS_MODULE", "local_settings");
    builder.environment().put("DJANGO_SETTINGS_MODULE", "graphite.settings");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return ForkedProcess.start(builder);
  }

  private static Optional<Path> root() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("SONDE_GRAPHITE")).map(Path::of),
            Stream.of(Places.cache().resolve("graphite")))
        .filter(root -> Files.isRegularFile(root.resolve(TABLES)))
        .findFirst();
  }

  private void awaitAnswer() {
    try {
      Eventually.that(START_LIMIT, () -> !alive() || answers());
    } catch (AssertionError e) {
      close();
      throw new AssertionError("Graphite does not answer" + output(), e);
    }
    if (!alive()) {
      throw new AssertionError("Graphite has ended" + output());
    }
  }

  private boolean alive() {
    return carbon.process().isAlive() && web.process().isAlive();
  }

  private String output() {
    return carbon.output() + web.output();
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port[0])) {
      return socket.isConnected() && Http.get(url() + "/metrics/find?query=*").status() == 200;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
