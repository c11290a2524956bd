// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every key there is, in the order of the README's table. */
final class Keys {

  private static final List<Setting<?>> ALL = new ArrayList<>();

  static final Setting<Boolean> ENABLED =
      add(Setting.bool("enabled", true, "false: nothing is installed"));
  static final Setting<String> CONFIG =
      add(Setting.text("config", null, "a file of key=value lines"));

  static final Setting<String> SERVICE_NAME =
      add(Setting.text("service.name", null, "on everything sent; found out when not set"));
  static final Setting<String> SERVICE_VERSION =
      add(Setting.text("service.version", null, "found out when not set"));
  static final Setting<String> SERVICE_ENVIRONMENT =
      add(Setting.text("service.environment", null, "e.g. production"));
  static final Setting<String> SERVICE_INSTANCE =
      add(Setting.text("service.instance", null, "host or pod name when not set"));

  static final Setting<String> STATSD_HOST =
      add(Setting.text("statsd.host", null, "turns statsd on"));
  static final Setting<Integer> STATSD_PORT =
      add(Setting.integer("statsd.port", 8125, 1, 65_535, "of statsd"));
  static final Setting<String> STATSD_PROTOCOL =
      add(Setting.oneOf("statsd.protocol", "udp", "how lines travel", "udp", "tcp", "unix"));
  static final Setting<String> STATSD_PATH =
      add(Setting.text("statsd.path", null, "of the socket, with protocol unix"));
  static final Setting<String> STATSD_FLAVOR =
      add(
          Setting.oneOf(
              "statsd.flavor",
              "etsy",
              "how names and tags are written",
              "etsy",
              "datadog",
              "telegraf",
              "graphite-tags"));
  static final Setting<String> STATSD_PREFIX =
      add(Setting.text("statsd.prefix", "sonde", "first part of every name"));
  static final Setting<List<String>> STATSD_TAGS =
      add(Setting.list("statsd.tags", emptyList(), "constant tags, key:value"));
  static final Setting<Duration> STATSD_INTERVAL =
      add(
          Setting.duration(
              "statsd.interval",
              Duration.ofSeconds(5),
              Duration.ofMillis(100),
              Duration.ofMinutes(10),
              "between two flushes"));
  static final Setting<Integer> STATSD_MAX_PACKET =
      add(Setting.integer("statsd.max-packet", 1_432, 256, 65_507, "bytes in one datagram"));

  static final Setting<List<String>> LOGS_LOGSTASH =
      add(Setting.list("logs.logstash", emptyList(), "host:port, turns shipping on"));
  static final Setting<String> LOGS_LOGSTASH_BALANCE =
      add(
          Setting.oneOf(
              "logs.logstash.balance",
              "failover",
              "of several: the first that answers, or all by turns",
              "failover",
              "round-robin"));
  static final Setting<List<String>> LOGS_LUMBERJACK =
      add(
          Setting.list(
              "logs.lumberjack", emptyList(), "host:port of a beats input, which acknowledges"));
  static final Setting<Boolean> LOGS_TLS =
      add(Setting.bool("logs.tls", false, "TLS to Logstash, both protocols"));
  static final Setting<String> LOGS_TLS_TRUSTSTORE =
      add(Setting.text("logs.tls.truststore", null, "file; the JVM's when not set"));
  static final Setting<String> LOGS_TLS_TRUSTSTORE_PASSWORD =
      add(Setting.text("logs.tls.truststore-password", null, "of that file").asSecret());
  static final Setting<String> LOGS_TLS_KEYSTORE =
      add(Setting.text("logs.tls.keystore", null, "file with this client's certificate and key"));
  static final Setting<String> LOGS_TLS_KEYSTORE_PASSWORD =
      add(Setting.text("logs.tls.keystore-password", null, "of that file").asSecret());
  static final Setting<String> LOGS_TLS_KEYSTORE_PASSWORD_FILE =
      add(
          Setting.text(
              "logs.tls.keystore-password-file", null, "the same in a file; read when it changes"));
  static final Setting<List<String>> LOGS_ELASTICSEARCH =
      add(
          Setting.list(
              "logs.elasticsearch",
              emptyList(),
              "URLs of a cluster, or of OpenSearch; turns it on"));
  static final Setting<String> LOGS_ELASTICSEARCH_INDEX =
      add(Setting.text("logs.elasticsearch.index", null, "for all; else logs-dataset-namespace"));
  static final Setting<String> LOGS_ELASTICSEARCH_API_KEY_FILE =
      add(
          Setting.text(
              "logs.elasticsearch.api-key-file", null, "id:key or encoded; read when it changes"));
  static final Setting<String> LOGS_ELASTICSEARCH_USER =
      add(Setting.text("logs.elasticsearch.user", null, "where there is no API key"));
  static final Setting<String> LOGS_ELASTICSEARCH_PASSWORD_FILE =
      add(Setting.text("logs.elasticsearch.password-file", null, "of that user"));
  static final Setting<String> LOGS_ELASTICSEARCH_CA_CERT =
      add(
          Setting.text(
              "logs.elasticsearch.ca-cert", null, "authorities for https, PEM; else the JVM's"));
  static final Setting<String> LOGS_FILE =
      add(Setting.text("logs.file", null, "JSON lines, rolling"));
  static final Setting<Long> LOGS_FILE_MAX_SIZE =
      add(Setting.size("logs.file.max-size", "100MB", 1_024, 1L << 40, "then it rolls"));
  static final Setting<Duration> LOGS_FILE_MAX_AGE =
      add(
          Setting.duration(
              "logs.file.max-age",
              null,
              Duration.ofSeconds(1),
              Duration.ofDays(365),
              "then it rolls, too"));
  static final Setting<Integer> LOGS_FILE_KEEP =
      add(Setting.integer("logs.file.keep", 5, 1, 1_000, "rolled files that stay"));
  static final Setting<Boolean> LOGS_STDOUT =
      add(Setting.bool("logs.stdout", false, "JSON lines to stdout"));
  static final Setting<String> LOGS_APPLICATION =
      add(
          Setting.oneOf(
              "logs.application",
              "auto",
              "the application's own events; auto: not when it ships to Logstash itself",
              "auto",
              "on",
              "off"));
  static final Setting<String> LOGS_LEVEL =
      add(
          Setting.oneOf(
              "logs.level",
              "INFO",
              "lowest level shipped",
              "TRACE",
              "DEBUG",
              "INFO",
              "WARN",
              "ERROR"));
  static final Setting<String> LOGS_ACCESS =
      add(
          Setting.oneOf("logs.access", "all", "one event a request", "all", "errors", "off")
              .asLive());
  static final Setting<Double> LOGS_ACCESS_SAMPLE =
      add(
          Setting.decimal(
                  "logs.access.sample", 1.0, 0, 1, "share of the successful ones that is kept")
              .asLive());
  static final Setting<List<String>> LOGS_ACCESS_ROUTES =
      add(
          Setting.shares("logs.access.routes", "the share by route: /health/*=0,/orders/{id}=0.1")
              .asLive());
  static final Setting<Duration> LOGS_ACCESS_SLOW =
      add(
          Setting.duration(
                  "logs.access.slow",
                  Duration.ofSeconds(1),
                  Duration.ofMillis(1),
                  Duration.ofHours(1),
                  "always kept, as failures are")
              .asLive());
  static final Setting<String> LOGS_CLIENT_IP =
      add(
          Setting.oneOf(
              "logs.client-ip", "masked", "masked: last part zeroed", "masked", "full", "off"));
  static final Setting<Boolean> LOGS_MDC =
      add(Setting.bool("logs.mdc", true, "ids readable in the application's MDC"));
  static final Setting<String> LOGS_SPOOL =
      add(Setting.text("logs.spool", null, "directory for what was not taken"));
  static final Setting<Long> LOGS_SPOOL_MAX_SIZE =
      add(Setting.size("logs.spool.max-size", "256MB", 65_536, 1L << 40, "of each destination"));

  static final Setting<String> ZIPKIN_ENDPOINT =
      add(Setting.text("zipkin.endpoint", null, "turns tracing on"));
  static final Setting<String> ZIPKIN_HEADERS =
      add(Setting.text("zipkin.headers", null, "name=value,…, added to each post").asSecret());
  static final Setting<String> ZIPKIN_ENCODING =
      add(Setting.oneOf("zipkin.encoding", "json", "of spans", "json", "proto3"));
  static final Setting<String> ZIPKIN_CLIENT_IP =
      add(
          Setting.oneOf(
              "zipkin.client-ip",
              "masked",
              "of a server span's caller; masked: last part zeroed",
              "masked",
              "full",
              "off"));
  static final Setting<String> ZIPKIN_SPOOL =
      add(Setting.text("zipkin.spool", null, "directory for what was not taken"));
  static final Setting<Long> ZIPKIN_SPOOL_MAX_SIZE =
      add(Setting.size("zipkin.spool.max-size", "256MB", 65_536, 1L << 40, "then spans are lost"));

  static final Setting<Double> SAMPLING_RATE =
      add(Setting.decimal("sampling.rate", 1.0, 0, 1, "share of traces started here"));
  static final Setting<Integer> SAMPLING_PER_SECOND =
      add(
          Setting.integer(
              "sampling.per-second", 1_000, 0, Integer.MAX_VALUE, "traces started a second"));

  static final Setting<List<String>> PROPAGATION_EXTRACT =
      add(
          Setting.listOf(
              "propagation.extract",
              asList("b3", "b3multi", "tracecontext"),
              "the first that is valid wins",
              "b3",
              "b3multi",
              "tracecontext"));
  static final Setting<List<String>> PROPAGATION_INJECT =
      add(
          Setting.listOf(
              "propagation.inject",
              asList("b3", "tracecontext", "request-id"),
              "what is passed on",
              "b3",
              "b3multi",
              "tracecontext",
              "request-id"));
  static final Setting<List<String>> PROPAGATION_HOSTS =
      add(Setting.list("propagation.hosts", emptyList(), "where ids go; none or all: everywhere"));
  static final Setting<String> REQUEST_ID_HEADER =
      add(Setting.header("request-id.header", "X-Request-ID", "its name"));
  static final Setting<Boolean> REQUEST_ID_RESPOND =
      add(Setting.bool("request-id.respond", true, "given back on the response"));
  static final Setting<Boolean> EXCEPTIONS_RECOVER =
      add(
          Setting.bool(
              "exceptions.recover",
              false,
              "a 500 instead of a dropped connection or none (the JDK's HTTP server, Netty, Vert.x)"));

  static final Setting<List<String>> EXCEPTIONS_FRAMES_FOLD =
      add(
          Setting.list(
              "exceptions.frames.fold",
              asList(
                  "org.springframework.",
                  "org.apache.catalina.",
                  "org.apache.tomcat.",
                  "jakarta.servlet.",
                  "javax.servlet.",
                  "java.lang.reflect.",
                  "jdk.internal.",
                  "sun.reflect.",
                  "io.netty.",
                  "io.undertow.",
                  "org.eclipse.jetty."),
              "frames of these in a row are one line of a stack trace; none: all are written"));

  static final Setting<Boolean> HEALTH_ENABLED =
      add(Setting.bool("health.enabled", true, "the health server"));
  static final Setting<String> HEALTH_HOST =
      add(Setting.text("health.host", "127.0.0.1", "where it listens"));
  static final Setting<Integer> HEALTH_PORT =
      add(Setting.integer("health.port", 7_633, 0, 65_535, "taken: the next free of 20; 0: any"));
  static final Setting<Boolean> HEALTH_PORT_STRICT =
      add(Setting.bool("health.port.strict", false, "taken: none"));
  static final Setting<Duration> HEALTH_RESPONSE_TIME_WARN =
      add(
          Setting.duration(
                  "health.response-time.warn",
                  Duration.ofSeconds(1),
                  Duration.ofMillis(1),
                  Duration.ofMinutes(1),
                  "95th percentile from which /health warns")
              .asLive());
  static final Setting<Duration> HEALTH_RESPONSE_TIME_RECOVER =
      add(
          threshold(
              "health.response-time.recover",
              null,
              "well again below it; 70 % of warn when not set"));
  static final Setting<Duration> HEALTH_RESPONSE_TIME_FAIL =
      add(threshold("health.response-time.fail", null, "the same for fail; never when not set"));
  static final Setting<Double> HEALTH_BAD_REQUESTS_WARN =
      add(percent("health.bad-requests.warn", 5.0, "percent of server errors to warn from"));
  static final Setting<Double> HEALTH_BAD_REQUESTS_RECOVER =
      add(
          percent(
              "health.bad-requests.recover",
              null,
              "well again below it; half of warn when not set"));
  static final Setting<Double> HEALTH_BAD_REQUESTS_FAIL =
      add(percent("health.bad-requests.fail", null, "the same for fail; never when not set"));
  static final Setting<Double> HEALTH_HEAP_WARN =
      add(percent("health.heap.warn", 90.0, "percent of the heap in use after GC to warn from"));
  static final Setting<Double> HEALTH_HEAP_RECOVER =
      add(percent("health.heap.recover", 85.0, "well again below it"));
  static final Setting<Duration> HEALTH_STUCK_AFTER =
      add(
          threshold(
              "health.stuck.after",
              Duration.ofSeconds(5),
              "requests older than this, while nothing completes, are stuck"));
  static final Setting<Integer> HEALTH_STUCK_REQUESTS =
      add(count("health.stuck.requests", 10, 100_000, "so many stuck requests warn"));
  static final Setting<Duration> HEALTH_STUCK_ALONE =
      add(
          threshold(
              "health.stuck.alone", Duration.ofSeconds(30), "a single one this old warns, too"));
  static final Setting<Duration> HEALTH_STUCK_FAIL_AFTER =
      add(
          threshold(
              "health.stuck.fail-after",
              Duration.ofSeconds(30),
              "all server threads busy and nothing completed for so long fails"));
  static final Setting<Integer> HEALTH_WORSEN_AFTER =
      add(count("health.worsen-after", 3, 1_000, "bad ticks of 2s in a row that make it worse"));
  static final Setting<Integer> HEALTH_RECOVER_AFTER =
      add(count("health.recover-after", 8, 1_000, "good ticks in a row that make it better"));
  static final Setting<Duration> HEALTH_DWELL =
      add(
          Setting.duration(
                  "health.dwell",
                  Duration.ofSeconds(20),
                  Duration.ZERO,
                  Duration.ofHours(1),
                  "how long a status stays at least before it gets better")
              .asLive());
  static final Setting<Integer> HEALTH_MIN_SAMPLES =
      add(count("health.min-samples", 20, 1_000_000, "fewer requests say nothing bad"));
  static final Setting<Integer> HEALTH_FLAPPING_CHANGES =
      add(count("health.flapping.changes", 4, 60, "more changes than these hold it at warn"));
  static final Setting<Duration> HEALTH_FLAPPING_WINDOW =
      add(threshold("health.flapping.window", Duration.ofMinutes(10), "in which they are counted"));
  static final Setting<Duration> HEALTH_STARTUP_GRACE =
      add(
          Setting.duration(
              "health.startup.grace",
              Duration.ofSeconds(30),
              Duration.ZERO,
              Duration.ofHours(1),
              "without any HTTP server it counts as started after this"));
  static final Setting<Duration> HEALTH_POOL_HELD_AFTER =
      add(
          Setting.duration(
                  "health.pool.held-after",
                  Duration.ofSeconds(5),
                  Duration.ofMillis(1),
                  Duration.ofDays(1),
                  "whoever holds a connection so long is named on /health/pool/<name>")
              .asLive());
  static final Setting<Duration> HEALTH_POOL_LEAK_AFTER =
      add(
          Setting.duration(
                  "health.pool.leak-after",
                  Duration.ofSeconds(60),
                  Duration.ofMillis(1),
                  Duration.ofDays(1),
                  "a connection held so long is suspected to have leaked")
              .asLive());
  static final Setting<Duration> HEALTH_POOL_DEAD_AFTER =
      add(
          Setting.duration(
                  "health.pool.dead-after",
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(1),
                  Duration.ofHours(1),
                  "nothing but exceptions for so long, and /health warns or fails")
              .asLive());
  static final Setting<Duration> HEALTH_POOL_SATURATED_AFTER =
      add(
          threshold(
              "health.pool.saturated-after",
              Duration.ofSeconds(15),
              "callers wait and no connection is idle for so long, and /health warns"));
  static final Setting<Duration> HEALTH_POOL_ACQUIRE_WARN =
      add(
          threshold(
              "health.pool.acquire.warn",
              Duration.ofMillis(500),
              "95th percentile of waiting for a connection to warn from"));
  static final Setting<List<String>> HEALTH_POOL_REQUIRED =
      add(
          Setting.list(
                  "health.pool.required", emptyList(), "pools without which /health fails, by name")
              .asLive());
  static final Setting<Double> HEALTH_SERVER_LOAD_WARN =
      add(
          percent(
              "health.server-load.warn",
              90.0,
              "percent of a server's threads or sockets in use, for 15s, to warn from"));

  static final Setting<Boolean> CONSOLE_ENABLED =
      add(Setting.bool("console.enabled", true, "the local page").comesLater());
  static final Setting<String> CONSOLE_TOKEN =
      add(
          Setting.text(
                  "console.token",
                  null,
                  "of /sonde/status; random at start when not set; none: open, on loopback only")
              .asSecret());
  static final Setting<String> CONSOLE_TOKEN_FILE =
      add(Setting.text("console.token-file", null, "where the token is read"));
  static final Setting<Boolean> CONSUL_REGISTER =
      add(Setting.bool("consul.register", false, "registers with Consul"));
  static final Setting<String> CONSUL_ADDRESS =
      add(
          Setting.text(
              "consul.address",
              null,
              "of its agent, host:port or URL; else CONSUL_HTTP_ADDR, 127.0.0.1:8500"));
  static final Setting<String> CONSUL_TOKEN =
      add(Setting.text("consul.token", null, "of Consul; else CONSUL_HTTP_TOKEN").asSecret());
  static final Setting<String> CONSUL_TOKEN_FILE =
      add(
          Setting.text(
              "consul.token-file",
              null,
              "the same in a file, read again when it changes; else CONSUL_HTTP_TOKEN_FILE"));
  static final Setting<String> CONSUL_CA_CERT =
      add(
          Setting.text(
              "consul.ca-cert", null, "authorities for https, PEM; else CONSUL_CACERT, the JVM's"));
  static final Setting<String> CONSUL_NAMESPACE =
      add(Setting.text("consul.namespace", null, "of Consul Enterprise; else CONSUL_NAMESPACE"));
  static final Setting<String> CONSUL_PARTITION =
      add(Setting.text("consul.partition", null, "of Consul Enterprise; else CONSUL_PARTITION"));
  static final Setting<String> CONSUL_DATACENTER =
      add(Setting.text("consul.datacenter", null, "sent as dc; an agent registers in its own"));
  static final Setting<String> CONSUL_SERVICE_ADDRESS =
      add(
          Setting.text(
              "consul.service.address",
              null,
              "of this service; Consul's own or this host's when not set"));
  static final Setting<Integer> CONSUL_SERVICE_PORT =
      add(
          Setting.integer(
              "consul.service.port",
              null,
              1,
              65_535,
              "of this service; else that of its first HTTP server"));
  static final Setting<List<String>> CONSUL_TAGS =
      add(Setting.list("consul.tags", emptyList(), "of this service"));
  static final Setting<List<String>> CONSUL_META =
      add(
          Setting.list(
              "consul.meta", emptyList(), "key=value,…, beside version, environment and sonde"));
  static final Setting<String> CONSUL_CHECK =
      add(
          Setting.oneOf(
              "consul.check",
              "auto",
              "http: Consul polls; ttl: Sonde tells; auto: ttl where Consul cannot reach /health",
              "auto",
              "http",
              "ttl"));
  static final Setting<List<String>> CONSUL_CHECK_HEADERS =
      add(
          Setting.list(
                  "consul.check-headers",
                  emptyList(),
                  "name=value,…, sent by Consul with each poll")
              .asSecret());
  static final Setting<Duration> CONSUL_INTERVAL =
      add(
          Setting.duration(
              "consul.interval",
              Duration.ofSeconds(10),
              Duration.ofSeconds(1),
              Duration.ofHours(1),
              "between two polls; a TTL is three of them"));
  static final Setting<Duration> CONSUL_TIMEOUT =
      add(
          Setting.duration(
              "consul.timeout",
              Duration.ofSeconds(2),
              Duration.ofMillis(100),
              Duration.ofMinutes(1),
              "of a poll"));
  static final Setting<Duration> CONSUL_DEREGISTER_AFTER =
      add(
          Setting.duration(
              "consul.deregister-after",
              Duration.ofMinutes(30),
              Duration.ofMinutes(1),
              Duration.ofHours(720),
              "critical for so long: Consul removes it"));
  static final Setting<Integer> CONSUL_SUCCESS_BEFORE_PASSING =
      add(Setting.integer("consul.success-before-passing", 1, 1, 100, "polls in a row"));
  static final Setting<Integer> CONSUL_FAILURES_BEFORE_WARNING =
      add(
          Setting.integer(
              "consul.failures-before-warning",
              0,
              0,
              100,
              "polls in a row, Consul 1.11 and later; 0: not sent"));
  static final Setting<Integer> CONSUL_FAILURES_BEFORE_CRITICAL =
      add(Setting.integer("consul.failures-before-critical", 2, 1, 100, "polls in a row"));
  static final Setting<Integer> CONSUL_WEIGHT_PASSING =
      add(Setting.integer("consul.weights.passing", 10, 0, 65_535, "in DNS, while passing"));
  static final Setting<Integer> CONSUL_WEIGHT_WARNING =
      add(Setting.integer("consul.weights.warning", 1, 0, 65_535, "in DNS, while warning"));
  static final Setting<Boolean> CONSUL_MAINTENANCE =
      add(
          Setting.bool(
              "consul.maintenance",
              false,
              "true: registered in maintenance; false: as somebody has set it"));
  static final Setting<Boolean> ETCD_REGISTER =
      add(Setting.bool("etcd.register", false, "registers with etcd"));
  static final Setting<String> ETCD_ENDPOINT =
      add(Setting.text("etcd.endpoint", "http://127.0.0.1:2379", "of its JSON gateway"));
  static final Setting<String> ETCD_PREFIX =
      add(Setting.text("etcd.prefix", "/services", "the key is prefix/name/instance"));
  static final Setting<Duration> ETCD_TTL =
      add(
          Setting.duration(
              "etcd.ttl",
              Duration.ofSeconds(30),
              Duration.ofSeconds(3),
              Duration.ofHours(1),
              "how long the key outlives the JVM"));
  static final Setting<String> ETCD_USER =
      add(Setting.text("etcd.user", null, "where etcd asks for one"));
  static final Setting<String> ETCD_PASSWORD =
      add(Setting.text("etcd.password", null, "of that user").asSecret());
  static final Setting<String> ETCD_CA_CERT =
      add(Setting.text("etcd.ca-cert", null, "authorities for https, PEM; else the JVM's"));
  static final Setting<String> ETCD_SERVICE_ADDRESS =
      add(Setting.text("etcd.service.address", null, "of this service; this host's when not set"));
  static final Setting<Integer> ETCD_SERVICE_PORT =
      add(
          Setting.integer(
              "etcd.service.port",
              null,
              1,
              65_535,
              "of this service; else that of its first HTTP server"));

  static final Setting<List<String>> REDACT_ALLOW =
      add(
          Setting.list(
              "redact.allow",
              asList("page", "size", "limit", "offset", "sort", "order", "lang"),
              "keys whose values are shown"));
  static final Setting<Double> OVERHEAD_MAX =
      add(
          Setting.decimal("overhead.max", null, 0, 1, "own CPU share at which it sheds")
              .comesLater());
  static final Setting<String> LOG_LEVEL =
      add(Setting.oneOf("log.level", "info", "of Sonde's own log", "debug", "info", "warn", "off"));
  static final Setting<String> LOG_FILE =
      add(Setting.text("log.file", null, "Sonde's own log; stderr when not set"));

  private Keys() {}

  static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static Setting<Duration> threshold(
      String key, @Nullable Duration defaultValue, String meaning) {
    Duration least = Duration.ofMillis(1);
    return Setting.duration(key, defaultValue, least, Duration.ofHours(1), meaning).asLive();
  }

  private static Setting<Double> percent(
      String key, @Nullable Double defaultValue, String meaning) {
    return Setting.decimal(key, defaultValue, 0, 100, meaning).asLive();
  }

  private static Setting<Integer> count(String key, int defaultValue, int max, String meaning) {
    return Setting.integer(key, defaultValue, 1, max, meaning).asLive();
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    ALL.add(setting);
    return setting;
  }
}
