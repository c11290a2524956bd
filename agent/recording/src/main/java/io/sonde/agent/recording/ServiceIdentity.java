// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * Who this process is, on everything that is sent.
 *
 * <p>{@code instance} is the host's or pod's name, never the pid: a restart must not make new
 * series.
 */
public final class ServiceIdentity {

  private final String name;
  private final @Nullable String version;
  private final @Nullable String environment;
  private final String instance;
  private final String host;

  public ServiceIdentity(
      String name,
      @Nullable String version,
      @Nullable String environment,
      String instance,
      String host) {
    this.name = name;
    this.version = version;
    this.environment = environment;
    this.instance = instance;
    this.host = host;
  }

  public String name() {
    return name;
  }

  public @Nullable String version() {
    return version;
  }

  public @Nullable String environment() {
    return environment;
  }

  public String instance() {
    return instance;
  }

  public String host() {
    return host;
  }
}
