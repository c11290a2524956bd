// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

/**
 * What became of one version of a library on one JDK.
 *
 * @param reason why not, in the same words each time; empty: it passes
 */
record Verdict(String library, String version, int jdk, String reason) {

  boolean passes() {
    return reason.isEmpty();
  }

  boolean sameTrial(Verdict other) {
    return library.equals(other.library) && version.equals(other.version) && jdk == other.jdk;
  }

  @Override
  public String toString() {
    return "%s %s on JDK %d %s"
        .formatted(library, version, jdk, passes() ? "passes" : "fails: " + reason);
  }
}
