// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** Connection pools as the recorder would find them. */
public final class SeenPools {

  private SeenPools() {}

  public static void add(PoolTable pools, String kind, Object pool) {
    pools.seen(kind, pool);
  }
}
