// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.PoolTable;
import org.jspecify.annotations.Nullable;

/** How each kind of connection pool is read. */
final class PoolReaders {

  private PoolReaders() {}

  /** Null for a kind that this version does not know. */
  static PoolTable.@Nullable Reader of(String kind) {
    return null;
  }
}
