// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * The start of this process: where the version is another one than before, somebody has deployed.
 * Immutable.
 */
public final class ServiceStart {

  private static final String UNKNOWN = "unknown";

  private final String service;
  private final String version;
  private final String sondeVersion;
  private final String javaVersion;
  private final long epochMillis;

  public ServiceStart(
      String service,
      @Nullable String version,
      String sondeVersion,
      String javaVersion,
      long epochMillis) {
    this.service = service;
    this.version = version == null || version.isEmpty() ? UNKNOWN : version;
    this.sondeVersion = sondeVersion;
    this.javaVersion = javaVersion;
    this.epochMillis = epochMillis;
  }

  /** Of the service; {@code unknown} when nobody has told it. */
  public String version() {
    return version;
  }

  public String sondeVersion() {
    return sondeVersion;
  }

  public String javaVersion() {
    return javaVersion;
  }

  public long epochMillis() {
    return epochMillis;
  }

  /** {@code shop 1.4.2 started}. */
  public String message() {
    return service + ' ' + version + " started";
  }
}
