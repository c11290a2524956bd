// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.recording.ServiceIdentity;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where statsd is and what it understands. Immutable. */
public final class StatsdConfig {

  private final ServiceIdentity service;
  private final String host;
  private final int port;
  private final Protocol protocol;
  private final Flavor flavor;
  private final String prefix;
  private final Map<String, String> tags;
  private final Duration interval;
  private final int maxPacket;

  private StatsdConfig(Builder from) {
    service = from.service;
    host = from.host;
    port = from.port;
    protocol = from.protocol;
    flavor = from.flavor;
    prefix = from.prefix;
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(from.tags));
    interval = from.interval;
    maxPacket = from.maxPacket;
  }

  public static Builder builder(ServiceIdentity service, String host) {
    return new Builder(service, host);
  }

  public ServiceIdentity service() {
    return service;
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  public Protocol protocol() {
    return protocol;
  }

  public Flavor flavor() {
    return flavor;
  }

  /** First part of every etsy name; may have dots, may be empty. The tag flavours have none. */
  public String prefix() {
    return prefix;
  }

  /** Constant tags of the tag flavours, in order. An etsy name has no place for them. */
  public Map<String, String> tags() {
    return tags;
  }

  public Duration interval() {
    return interval;
  }

  /** Largest UDP payload in bytes. */
  public int maxPacket() {
    return maxPacket;
  }

  /** Starts with the defaults of the settings table. Not thread-safe. */
  public static final class Builder {

    private final ServiceIdentity service;
    private final String host;
    private int port = 8125;
    private Protocol protocol = Protocol.UDP;
    private Flavor flavor = Flavor.ETSY;
    private String prefix = "sonde";
    private Map<String, String> tags = Collections.emptyMap();
    private Duration interval = Duration.ofSeconds(5);
    // An Ethernet frame of 1500 less IPv6, UDP and some for a tunnel, as statsd's README advises.
    private int maxPacket = 1432;

    private Builder(ServiceIdentity service, String host) {
      this.service = service;
      this.host = host;
    }

    public Builder port(int newPort) {
      port = newPort;
      return this;
    }

    public Builder protocol(Protocol newProtocol) {
      protocol = newProtocol;
      return this;
    }

    public Builder flavor(Flavor newFlavor) {
      flavor = newFlavor;
      return this;
    }

    public Builder prefix(String newPrefix) {
      prefix = newPrefix;
      return this;
    }

    public Builder tags(Map<String, String> newTags) {
      tags = newTags;
      return this;
    }

    public Builder interval(Duration newInterval) {
      interval = newInterval;
      return this;
    }

    public Builder maxPacket(int bytes) {
      maxPacket = bytes;
      return this;
    }

    public StatsdConfig build() {
      return new StatsdConfig(this);
    }
  }
}
