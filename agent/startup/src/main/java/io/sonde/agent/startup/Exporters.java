// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.logs.AccessSampler;
import io.sonde.agent.exporter.logs.ElasticsearchConfig;
import io.sonde.agent.exporter.logs.LogConfig;
import io.sonde.agent.exporter.logs.LogExporter;
import io.sonde.agent.exporter.statsd.Flavor;
import io.sonde.agent.exporter.statsd.Protocol;
import io.sonde.agent.exporter.statsd.StatsdConfig;
import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.exporter.zipkin.ZipkinConfig;
import io.sonde.agent.exporter.zipkin.ZipkinExporter;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogLevels;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the exporters that the settings ask for. */
final class Exporters {

  private final Settings settings;
  private final ServiceIdentity identity;
  private final Ledger ledger;
  private final Recorder recorder;
  private final PoolTable pools;
  private final Health health;

  private @Nullable LogExporter logs;

  Exporters(
      Settings settings,
      ServiceIdentity identity,
      Ledger ledger,
      Recorder recorder,
      PoolTable pools,
      Health health) {
    this.settings = settings;
    this.identity = identity;
    this.ledger = ledger;
    this.recorder = recorder;
    this.pools = pools;
    this.health = health;
  }

  /** None when no destination is set: then nothing leaves the process. */
  List<Exporter> create() {
    List<Exporter> exporters = new ArrayList<>();
    statsd(exporters);
    logs(exporters);
    zipkin(exporters);
    return exporters;
  }

  /** The settings are others. */
  void renew() {
    if (logs != null) {
      logs.access(access());
    }
  }

  private void statsd(List<Exporter> exporters) {
    Flavor flavor = Flavor.of(settings.get(Keys.STATSD_FLAVOR));
    String host = statsdHost(settings, System.getenv());
    if (host == null) {
      return;
    }
    if (flavor == Flavor.ETSY && !settings.get(Keys.STATSD_TAGS).isEmpty()) {
      AgentLog.warn(
          "statsd.tags: names of the flavor etsy have no place for tags; they are left out");
    }
    StatsdConfig config =
        StatsdConfig.builder(identity, host)
            .port(settings.get(Keys.STATSD_PORT))
            .protocol(Protocol.of(settings.get(Keys.STATSD_PROTOCOL)))
            .flavor(flavor)
            .prefix(settings.get(Keys.STATSD_PREFIX))
            .tags(tags(settings.get(Keys.STATSD_TAGS)))
            .interval(settings.get(Keys.STATSD_INTERVAL))
            .maxPacket(settings.get(Keys.STATSD_MAX_PACKET))
            .build();
    StatsdExporter statsd = new StatsdExporter(config, ledger);
    statsd.gauge("http.server.active", Collections.emptyMap(), () -> recorder.live().inFlight());
    statsd.gauge("http.server.open_sockets", Collections.emptyMap(), this::openSockets);
    exporters.add(statsd);
    exporters.add(new PoolGauges(pools, statsd));
    exporters.add(new HealthGauges(health, statsd));
    exporters.add(new StoreGauges(recorder.stores(), statsd));
  }

  /** Null: statsd is off. */
  static @Nullable String statsdHost(Settings settings, Map<String, String> environment) {
    String host = settings.find(Keys.STATSD_HOST);
    boolean datadog = Flavor.of(settings.get(Keys.STATSD_FLAVOR)) == Flavor.DATADOG;
    return host == null && datadog ? environment.get("DD_AGENT_HOST") : host;
  }

  /** Not a number, and so not sent, while no server tells. */
  private double openSockets() {
    int open = recorder.servers().loads().total.openSockets;
    return open < 0 ? Double.NaN : open;
  }

  private static Map<String, String> tags(List<String> pairs) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      if (colon > 0) {
        tags.put(pair.substring(0, colon), pair.substring(colon + 1));
      } else {
        AgentLog.warn("statsd.tags=" + pair + ": not key:value; left out");
      }
    }
    return tags;
  }

  private void logs(List<Exporter> exporters) {
    Duration age = settings.find(Keys.LOGS_FILE_MAX_AGE);
    LogConfig.Builder config =
        tls(settings)
            .byTurns(settings.get(Keys.LOGS_LOGSTASH_BALANCE).equals("round-robin"))
            .file(settings.find(Keys.LOGS_FILE))
            .maxSizeBytes(settings.get(Keys.LOGS_FILE_MAX_SIZE))
            .maxAgeMillis(age == null ? 0 : age.toMillis())
            .keep(settings.get(Keys.LOGS_FILE_KEEP))
            .stdout(settings.get(Keys.LOGS_STDOUT))
            .spool(settings.find(Keys.LOGS_SPOOL), settings.get(Keys.LOGS_SPOOL_MAX_SIZE))
            .access(access())
            .clientIp(ClientIp.valueOf(upper(Keys.LOGS_CLIENT_IP)))
            .levels(ApplicationLogs.levels(settings))
            .foldedFrames(settings.get(Keys.EXCEPTIONS_FRAMES_FOLD));
    addresses(Keys.LOGS_LOGSTASH, config::logstash);
    addresses(Keys.LOGS_LUMBERJACK, config::lumberjack);
    elasticsearch(config);
    warnOfUnusedTls();
    LogConfig built = config.build();
    if (!built.anyDestination()) {
      recorder.logLevels(LogLevels.NONE);
      return;
    }
    List<String> allowed = settings.get(Keys.REDACT_ALLOW);
    LogExporter exporter =
        new LogExporter(built, identity, new QueryMask(allowed), new MessageMask(allowed), ledger);
    new ApplicationLogs(settings, recorder, exporter).watch();
    exporters.add(exporter);
    logs = exporter;
  }

  /** How connections to Logstash are made. */
  static LogConfig.Builder tls(Settings settings) {
    return LogConfig.builder()
        .tls(settings.get(Keys.LOGS_TLS))
        .truststore(
            settings.find(Keys.LOGS_TLS_TRUSTSTORE),
            settings.find(Keys.LOGS_TLS_TRUSTSTORE_PASSWORD))
        .keystore(
            settings.find(Keys.LOGS_TLS_KEYSTORE),
            settings.find(Keys.LOGS_TLS_KEYSTORE_PASSWORD),
            settings.find(Keys.LOGS_TLS_KEYSTORE_PASSWORD_FILE));
  }

  private void warnOfUnusedTls() {
    for (Setting<String> setting :
        Arrays.asList(Keys.LOGS_TLS_TRUSTSTORE, Keys.LOGS_TLS_KEYSTORE)) {
      if (settings.find(setting) != null && !settings.get(Keys.LOGS_TLS)) {
        AgentLog.warn(setting.key + " is of no use without logs.tls=true");
      }
    }
  }

  private AccessSampler access() {
    Map<String, Double> byRoute = new HashMap<>();
    for (String share : settings.get(Keys.LOGS_ACCESS_ROUTES)) {
      int equals = share.lastIndexOf('=');
      byRoute.put(
          share.substring(0, equals).trim(), Double.valueOf(share.substring(equals + 1).trim()));
    }
    return AccessSampler.from(
        AccessSampler.Mode.valueOf(upper(Keys.LOGS_ACCESS)),
        settings.get(Keys.LOGS_ACCESS_SAMPLE),
        byRoute,
        settings.get(Keys.LOGS_ACCESS_SLOW).toNanos());
  }

  private void addresses(Setting<List<String>> setting, Consumer<String> destination) {
    try {
      destination.accept(String.join(",", settings.get(setting)));
    } catch (IllegalArgumentException e) {
      AgentLog.warn(setting.key + "=" + e.getMessage() + "; nothing is sent there");
    }
  }

  private void elasticsearch(LogConfig.Builder config) {
    List<String> urls = settings.get(Keys.LOGS_ELASTICSEARCH);
    if (urls.isEmpty()) {
      return;
    }
    try {
      config.elasticsearch(
          ElasticsearchConfig.parse(urls)
              .index(settings.find(Keys.LOGS_ELASTICSEARCH_INDEX))
              .credentials(
                  settings.find(Keys.LOGS_ELASTICSEARCH_API_KEY_FILE),
                  settings.find(Keys.LOGS_ELASTICSEARCH_USER),
                  settings.find(Keys.LOGS_ELASTICSEARCH_PASSWORD_FILE))
              .caCert(settings.find(Keys.LOGS_ELASTICSEARCH_CA_CERT)));
    } catch (IllegalArgumentException e) {
      AgentLog.warn(e.getMessage() + "; nothing is sent to Elasticsearch");
    }
  }

  private String upper(Setting<String> setting) {
    return settings.get(setting).toUpperCase(Locale.ROOT);
  }

  private void zipkin(List<Exporter> exporters) {
    String endpoint = settings.find(Keys.ZIPKIN_ENDPOINT);
    if (endpoint == null) {
      return;
    }
    try {
      ZipkinConfig config =
          ZipkinConfig.parse(
                  endpoint, settings.find(Keys.ZIPKIN_HEADERS), settings.get(Keys.ZIPKIN_ENCODING))
              .clientIp(ClientIp.valueOf(upper(Keys.ZIPKIN_CLIENT_IP)))
              .mask(new MessageMask(settings.get(Keys.REDACT_ALLOW)))
              .spool(settings.find(Keys.ZIPKIN_SPOOL), settings.get(Keys.ZIPKIN_SPOOL_MAX_SIZE));
      exporters.add(new ZipkinExporter(config, identity, ledger));
    } catch (IllegalArgumentException e) {
      AgentLog.warn(e.getMessage() + "; no spans are sent");
    }
  }
}
