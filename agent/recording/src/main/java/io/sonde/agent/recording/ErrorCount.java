// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** How often exceptions of one kind were seen in the last hour. Immutable. */
public final class ErrorCount {

  private final String type;
  private final String fingerprint;
  private final long count;
  private final long lastMillis;

  ErrorCount(String type, String fingerprint, long count, long lastMillis) {
    this.type = type;
    this.fingerprint = fingerprint;
    this.count = count;
    this.lastMillis = lastMillis;
  }

  /** As {@link ErrorRecord#type}; {@code other} when there are too many kinds to tell apart. */
  public String type() {
    return type;
  }

  public String fingerprint() {
    return fingerprint;
  }

  /** Each throwable once, recorded or only counted. */
  public long count() {
    return count;
  }

  /** Since 1970. */
  public long lastMillis() {
    return lastMillis;
  }
}
