// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import org.jspecify.annotations.Nullable;

/** What became of one class that an instrumentation asked for. Immutable; for the status page. */
public final class Weave {

  /** What became of it. */
  public enum Outcome {
    APPLIED,
    /** This version of the library has nothing of what is hooked, and needs not. */
    UNTOUCHED,
    /** This version of the library lacks what the advice needs, or its loader the bridge. */
    REFUSED,
    /** Weaving threw. The class runs unchanged. */
    FAILED
  }

  private final String instrumentation;
  private final String type;
  private final String loader;
  private final Outcome outcome;
  private final @Nullable String reason;
  private final long nanos;

  Weave(
      String instrumentation,
      String type,
      String loader,
      Outcome outcome,
      @Nullable String reason,
      long nanos) {
    this.instrumentation = instrumentation;
    this.type = type;
    this.loader = loader;
    this.outcome = outcome;
    this.reason = reason;
    this.nanos = nanos;
  }

  public String instrumentation() {
    return instrumentation;
  }

  public String type() {
    return type;
  }

  /** Class name of the loader, {@code boot} for the JDK's own. */
  public String loader() {
    return loader;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Null when applied or untouched. */
  public @Nullable String reason() {
    return reason;
  }

  /** What it cost, on the thread that loaded the class. */
  public long nanos() {
    return nanos;
  }
}
