// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

/** One window's numbers at one moment. Immutable. Times in milliseconds. */
final class WindowSummary {

  final int seconds;

  /** What the window really spans, in seconds: whole slots and a part of one. */
  final double covered;

  final long count;
  final double mean;
  final double p50;
  final double p95;
  final double p99;
  final double max;
  final long clientErrors;
  final long serverErrors;
  final long exceptions;
  final long dropped;
  final long refused;
  final long timeouts;

  WindowSummary(int seconds, Slot sum, double covered) {
    this.seconds = seconds;
    this.covered = covered;
    count = sum.durations.count();
    mean = count == 0 ? 0 : sum.micros / 1_000.0 / count;
    max = sum.maxMicros / 1_000.0;
    p50 = percentile(sum, 50);
    p95 = percentile(sum, 95);
    p99 = percentile(sum, 99);
    clientErrors = sum.clientErrors;
    serverErrors = sum.serverErrors;
    exceptions = sum.exceptions;
    dropped = sum.dropped;
    refused = sum.refused;
    timeouts = sum.timeouts;
  }

  /** In percent of all; 0 when there are none. */
  double percent(long part) {
    return count == 0 ? 0 : 100.0 * part / count;
  }

  double perSecond(long part) {
    return part / covered;
  }

  /** A bucket may reach beyond the slowest request in it. */
  private double percentile(Slot sum, double percent) {
    return Math.min(max, sum.durations.percentile(percent) / 1_000.0);
  }
}
