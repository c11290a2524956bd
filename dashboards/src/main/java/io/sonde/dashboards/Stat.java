// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

/**
 * What is asked of a metric. Where several series are merged into one (several instances, say):
 * rates and totals are added up; percentiles are exact where the store has histograms, else the
 * highest of the merged ones, and the median their mean, weighted where the store can.
 */
public enum Stat {
  /** Of a counter or timer: events a second. */
  RATE,
  /** Of a counter or timer: events in each step of the graph. */
  TOTAL,
  /** Of a timer, in milliseconds. */
  MEDIAN,
  P95,
  P99,
  MAX,
  /** Of a timer: milliseconds spent, in each second. */
  BUSY,
  /** Of a gauge; merged ones are added up. */
  SUM,
  /** Of a gauge; of merged ones the mean. */
  MEAN,
  /** Of a gauge; of merged ones the highest. */
  HIGHEST
}
