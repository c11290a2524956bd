// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.recording.ServiceIdentity;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** How the service registers with etcd: the settings {@code etcd.*}, checked. Immutable. */
public final class EtcdConfig {

  private static final int DEFAULT_PORT = 2_379;

  final ServiceIdentity identity;
  final Endpoint endpoint;
  final @Nullable String caFile;
  final String prefix;
  final Duration ttl;
  final @Nullable String user;
  final @Nullable String password;
  final String healthHost;
  final int healthPort;
  final @Nullable String serviceAddress;
  final IntSupplier servicePort;

  private EtcdConfig(Builder from) {
    identity = from.identity;
    endpoint = Endpoint.parse("etcd.endpoint", from.endpoint, false, DEFAULT_PORT);
    caFile = from.caFile;
    prefix = from.prefix.replaceFirst("/+$", "");
    ttl = from.ttl;
    user = from.user;
    password = from.password;
    healthHost = from.healthHost;
    healthPort = from.healthPort;
    serviceAddress = from.serviceAddress;
    servicePort = from.servicePort;
  }

  public static Builder builder(ServiceIdentity identity) {
    return new Builder(identity);
  }

  /** {@code /services/orders/host1}. */
  String key() {
    return prefix + "/" + identity.name() + "/" + identity.instance();
  }

  /** Defaults as in the table of settings. */
  public static final class Builder {

    private final ServiceIdentity identity;
    private String endpoint = "http://127.0.0.1:" + DEFAULT_PORT;
    private @Nullable String caFile;
    private String prefix = "/services";
    private Duration ttl = Duration.ofSeconds(30);
    private @Nullable String user;
    private @Nullable String password;
    private String healthHost = "127.0.0.1";
    private int healthPort;
    private @Nullable String serviceAddress;
    private IntSupplier servicePort = () -> 0;

    private Builder(ServiceIdentity identity) {
      this.identity = identity;
    }

    public Builder endpoint(String url) {
      endpoint = url;
      return this;
    }

    /** Authorities in PEM; null for those of the JVM. */
    public Builder caFile(@Nullable String file) {
      caFile = file;
      return this;
    }

    public Builder prefix(String newPrefix) {
      prefix = newPrefix;
      return this;
    }

    /** How long the key outlives this JVM. */
    public Builder ttl(Duration newTtl) {
      ttl = newTtl;
      return this;
    }

    public Builder user(@Nullable String name, @Nullable String newPassword) {
      user = name;
      password = newPassword;
      return this;
    }

    /**
     * Where {@code /health} listens.
     *
     * @param port 0: nowhere
     */
    public Builder health(String host, int port) {
      healthHost = host;
      healthPort = port;
      return this;
    }

    /**
     * Where the service itself listens.
     *
     * @param address null: this host's, as seen by etcd
     * @param port asked each time it registers; 0: not told
     */
    public Builder service(@Nullable String address, IntSupplier port) {
      serviceAddress = address;
      servicePort = port;
      return this;
    }

    /**
     * @throws IllegalArgumentException with key, value and what is allowed
     */
    public EtcdConfig build() {
      return new EtcdConfig(this);
    }
  }
}
