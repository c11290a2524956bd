// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.List;
import java.util.SortedMap;

/** How many routes there are, and which paths would be too many. */
public final class RouteReport {

  private final int told;
  private final int learned;
  private final int most;
  private final List<String> collapsed;
  private final long other;
  private final SortedMap<String, Long> refused;

  RouteReport(
      int told,
      int learned,
      int most,
      List<String> collapsed,
      long other,
      SortedMap<String, Long> refused) {
    this.told = told;
    this.learned = learned;
    this.most = most;
    this.collapsed = collapsed;
    this.other = other;
    this.refused = refused;
  }

  /** Routes that a framework or a servlet's mapping has told. */
  public int told() {
    return told;
  }

  /** Routes that were learned from paths. */
  public int learned() {
    return learned;
  }

  /** Of both together. */
  public int most() {
    return most;
  }

  /** Places where too many different words were seen, e.g. {@code /users/{id}}. */
  public List<String> collapsed() {
    return collapsed;
  }

  /** Requests whose route is {@code other}, since there were too many. */
  public long other() {
    return other;
  }

  /** The first 20 routes that were too many, and their requests. */
  public SortedMap<String, Long> refused() {
    return refused;
  }
}
