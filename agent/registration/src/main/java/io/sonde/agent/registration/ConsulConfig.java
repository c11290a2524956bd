// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.recording.ServiceIdentity;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** How the service registers with Consul: the settings {@code consul.*}, checked. Immutable. */
public final class ConsulConfig {

  private static final int DEFAULT_PORT = 8_500;

  /** Who asks the other for the health. */
  public enum Check {
    /** Consul polls where it can reach {@code /health}; else Sonde tells Consul. */
    AUTO,
    /** Consul polls {@code /health}. */
    HTTP,
    /** Sonde tells Consul, which waits three intervals. */
    TTL
  }

  final ServiceIdentity identity;
  final String sondeVersion;
  final Endpoint endpoint;
  final @Nullable String caFile;
  final @Nullable String token;
  final @Nullable String tokenFile;
  final @Nullable String namespace;
  final @Nullable String partition;
  final @Nullable String datacenter;
  final String healthHost;
  final int healthPort;
  final @Nullable String serviceAddress;
  final IntSupplier servicePort;
  final List<String> tags;
  final Map<String, String> meta;
  final Map<String, String> checkHeaders;
  final Check check;
  final Duration interval;
  final Duration timeout;
  final Duration deregisterAfter;
  final int successBeforePassing;
  final int failuresBeforeWarning;
  final int failuresBeforeCritical;
  final int weightPassing;
  final int weightWarning;
  final boolean maintenance;

  private ConsulConfig(Builder from) {
    identity = from.identity;
    sondeVersion = from.sondeVersion;
    endpoint = Endpoint.parse("consul.address", from.address, from.secure, DEFAULT_PORT);
    caFile = from.caFile;
    token = from.token;
    tokenFile = from.tokenFile;
    namespace = from.namespace;
    partition = from.partition;
    datacenter = from.datacenter;
    healthHost = from.healthHost;
    healthPort = from.healthPort;
    serviceAddress = from.serviceAddress;
    servicePort = from.servicePort;
    tags = from.tags;
    meta = from.meta;
    checkHeaders = from.checkHeaders;
    check = from.check;
    interval = from.interval;
    timeout = from.timeout;
    deregisterAfter = from.deregisterAfter;
    successBeforePassing = from.successBeforePassing;
    failuresBeforeWarning = from.failuresBeforeWarning;
    failuresBeforeCritical = from.failuresBeforeCritical;
    weightPassing = from.weightPassing;
    weightWarning = from.weightWarning;
    maintenance = from.maintenance;
  }

  public static Builder builder(ServiceIdentity identity, String sondeVersion) {
    return new Builder(identity, sondeVersion);
  }

  /** {@code orders-host1}: the same after a restart, and another one on every instance. */
  String serviceId() {
    return identity.name() + "-" + identity.instance();
  }

  String checkId() {
    return serviceId() + "-health";
  }

  /** Defaults as in the table of settings. */
  public static final class Builder {

    private final ServiceIdentity identity;
    private final String sondeVersion;
    private String address = "127.0.0.1:" + DEFAULT_PORT;
    private boolean secure;
    private @Nullable String caFile;
    private @Nullable String token;
    private @Nullable String tokenFile;
    private @Nullable String namespace;
    private @Nullable String partition;
    private @Nullable String datacenter;
    private String healthHost = "127.0.0.1";
    private int healthPort;
    private @Nullable String serviceAddress;
    private IntSupplier servicePort = () -> 0;
    private List<String> tags = Collections.emptyList();
    private Map<String, String> meta = Collections.emptyMap();
    private Map<String, String> checkHeaders = Collections.emptyMap();
    private Check check = Check.AUTO;
    private Duration interval = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(2);
    private Duration deregisterAfter = Duration.ofMinutes(30);
    private int successBeforePassing = 1;
    private int failuresBeforeWarning;
    private int failuresBeforeCritical = 2;
    private int weightPassing = 10;
    private int weightWarning = 1;
    private boolean maintenance;

    private Builder(ServiceIdentity identity, String sondeVersion) {
      this.identity = identity;
      this.sondeVersion = sondeVersion;
    }

    /**
     * @param secure TLS when the address names no scheme
     */
    public Builder address(String hostAndPort, boolean secure) {
      this.address = hostAndPort;
      this.secure = secure;
      return this;
    }

    /** Authorities in PEM; null for those of the JVM. */
    public Builder caFile(@Nullable String file) {
      caFile = file;
      return this;
    }

    /** A token, or a file with one that is read again when it changes; the token wins. */
    public Builder token(@Nullable String secret, @Nullable String file) {
      token = secret;
      tokenFile = file;
      return this;
    }

    public Builder place(
        @Nullable String newNamespace,
        @Nullable String newPartition,
        @Nullable String newDatacenter) {
      namespace = newNamespace;
      partition = newPartition;
      datacenter = newDatacenter;
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
     * @param address null: Consul's own when it is on this host, else this host's
     * @param port asked each time it registers; 0: not told
     */
    public Builder service(@Nullable String address, IntSupplier port) {
      serviceAddress = address;
      servicePort = port;
      return this;
    }

    public Builder tags(List<String> newTags) {
      tags = newTags;
      return this;
    }

    public Builder meta(Map<String, String> pairs) {
      meta = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
      return this;
    }

    /** Sent by Consul with each poll. */
    public Builder checkHeaders(Map<String, String> headers) {
      checkHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
      return this;
    }

    public Builder check(Check newCheck) {
      check = newCheck;
      return this;
    }

    public Builder times(Duration newInterval, Duration newTimeout, Duration newDeregisterAfter) {
      interval = newInterval;
      timeout = newTimeout;
      deregisterAfter = newDeregisterAfter;
      return this;
    }

    /**
     * @param beforeWarning 0: not sent; Consul before 1.11 does not know it
     */
    public Builder thresholds(int beforePassing, int beforeWarning, int beforeCritical) {
      successBeforePassing = beforePassing;
      failuresBeforeWarning = beforeWarning;
      failuresBeforeCritical = beforeCritical;
      return this;
    }

    public Builder weights(int passing, int warning) {
      weightPassing = passing;
      weightWarning = warning;
      return this;
    }

    /** True: registered in maintenance. False: a maintenance that somebody has set stays. */
    public Builder maintenance(boolean enabled) {
      maintenance = enabled;
      return this;
    }

    /**
     * @throws IllegalArgumentException with key, value and what is allowed
     */
    public ConsulConfig build() {
      return new ConsulConfig(this);
    }
  }
}
