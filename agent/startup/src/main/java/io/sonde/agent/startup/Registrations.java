// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.registration.ConsulConfig;
import io.sonde.agent.registration.EtcdConfig;
import io.sonde.agent.registration.Registration;
import io.sonde.health.Health;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The registrations that the settings, and Consul's own variables, ask for. */
final class Registrations {

  private final Settings settings;
  private final Map<String, String> environment;
  private final Health health;
  private final IntSupplier serverPort;
  private volatile List<Registration> all = new ArrayList<>();

  /**
   * @param serverPort of the first of the application's servers that accepts, 0 when not known yet
   */
  Registrations(
      Settings settings, Map<String, String> environment, Health health, IntSupplier serverPort) {
    this.serverPort = serverPort;
    this.settings = settings;
    this.environment = environment;
    this.health = health;
  }

  /**
   * Begins; what registers waits for {@code /health/startup}.
   *
   * @param healthPort where {@code /health} listens, if it does
   */
  void start(ServiceIdentity identity, OptionalInt healthPort) {
    List<Registration> made = new ArrayList<>();
    if (settings.get(Keys.CONSUL_REGISTER)) {
      add(made, () -> Registration.with(consul(identity, healthPort.orElse(0)), health));
    }
    if (settings.get(Keys.ETCD_REGISTER)) {
      add(made, () -> Registration.with(etcd(identity, healthPort.orElse(0)), health));
    }
    made.forEach(Registration::start);
    all = made;
  }

  /** The shutdown begins. Does not wait. */
  void stopping() {
    all.forEach(Registration::stopping);
  }

  void close(long deadlineNanos) {
    all.forEach(registration -> registration.close(deadlineNanos));
  }

  /** For the status page. */
  List<Map<String, Object>> describe() {
    List<Map<String, Object>> rows = new ArrayList<>();
    all.forEach(registration -> rows.add(registration.describe()));
    return rows;
  }

  private interface Maker {
    Registration make();
  }

  private static void add(List<Registration> made, Maker maker) {
    try {
      made.add(maker.make());
    } catch (IllegalArgumentException e) {
      AgentLog.warn(e.getMessage() + "; not registered");
    }
  }

  private ConsulConfig consul(ServiceIdentity identity, int healthPort) {
    String address = or(Keys.CONSUL_ADDRESS, "CONSUL_HTTP_ADDR");
    ConsulConfig.Builder config =
        ConsulConfig.builder(identity, Version.text())
            .caFile(or(Keys.CONSUL_CA_CERT, "CONSUL_CACERT"))
            .token(
                or(Keys.CONSUL_TOKEN, "CONSUL_HTTP_TOKEN"),
                or(Keys.CONSUL_TOKEN_FILE, "CONSUL_HTTP_TOKEN_FILE"))
            .place(
                or(Keys.CONSUL_NAMESPACE, "CONSUL_NAMESPACE"),
                or(Keys.CONSUL_PARTITION, "CONSUL_PARTITION"),
                settings.find(Keys.CONSUL_DATACENTER))
            .health(settings.get(Keys.HEALTH_HOST), healthPort)
            .service(settings.find(Keys.CONSUL_SERVICE_ADDRESS), port(Keys.CONSUL_SERVICE_PORT))
            .tags(settings.get(Keys.CONSUL_TAGS))
            .meta(pairs(Keys.CONSUL_META))
            .checkHeaders(pairs(Keys.CONSUL_CHECK_HEADERS))
            .check(
                ConsulConfig.Check.valueOf(
                    settings.get(Keys.CONSUL_CHECK).toUpperCase(Locale.ROOT)))
            .times(
                settings.get(Keys.CONSUL_INTERVAL),
                settings.get(Keys.CONSUL_TIMEOUT),
                settings.get(Keys.CONSUL_DEREGISTER_AFTER))
            .thresholds(
                settings.get(Keys.CONSUL_SUCCESS_BEFORE_PASSING),
                settings.get(Keys.CONSUL_FAILURES_BEFORE_WARNING),
                settings.get(Keys.CONSUL_FAILURES_BEFORE_CRITICAL))
            .weights(
                settings.get(Keys.CONSUL_WEIGHT_PASSING), settings.get(Keys.CONSUL_WEIGHT_WARNING))
            .maintenance(settings.get(Keys.CONSUL_MAINTENANCE));
    if (address != null) {
      config.address(address, "true".equalsIgnoreCase(environment.get("CONSUL_HTTP_SSL")));
    }
    return config.build();
  }

  private EtcdConfig etcd(ServiceIdentity identity, int healthPort) {
    return EtcdConfig.builder(identity)
        .endpoint(settings.get(Keys.ETCD_ENDPOINT))
        .caFile(settings.find(Keys.ETCD_CA_CERT))
        .prefix(settings.get(Keys.ETCD_PREFIX))
        .ttl(settings.get(Keys.ETCD_TTL))
        .user(settings.find(Keys.ETCD_USER), settings.find(Keys.ETCD_PASSWORD))
        .health(settings.get(Keys.HEALTH_HOST), healthPort)
        .service(settings.find(Keys.ETCD_SERVICE_ADDRESS), port(Keys.ETCD_SERVICE_PORT))
        .build();
  }

  private IntSupplier port(Setting<Integer> setting) {
    Integer port = settings.find(setting);
    return port == null ? serverPort : () -> port;
  }

  private @Nullable String or(Setting<String> setting, String variable) {
    return or(settings, setting, environment, variable);
  }

  /** A setting, else what another program's variable says. */
  static @Nullable String or(
      Settings settings,
      Setting<String> setting,
      Map<String, String> environment,
      String variable) {
    String value = settings.find(setting);
    if (value != null || settings.isNone(setting)) {
      return value;
    }
    String other = environment.get(variable);
    return other == null || other.trim().isEmpty() ? null : other.trim();
  }

  private Map<String, String> pairs(Setting<List<String>> setting) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : settings.get(setting)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
      } else {
        String shown = setting.secret ? "***" : pair;
        AgentLog.warn(setting.key + "=" + shown + ": not key=value; left out");
      }
    }
    return pairs;
  }
}
