// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.hikari.HikariPoolReader;
import io.sonde.agent.recording.PoolTable;
import org.jspecify.annotations.Nullable;

/** How each kind of connection pool is read. */
final class PoolReaders {

  private static final PoolTable.Reader HIKARI =
      new PoolTable.Reader() {
        @Override
        public String name(Object pool) {
          return HikariPoolReader.name(pool);
        }

        @Override
        public int active(Object pool) {
          return HikariPoolReader.active(pool);
        }

        @Override
        public int idle(Object pool) {
          return HikariPoolReader.idle(pool);
        }

        @Override
        public int max(Object pool) {
          return HikariPoolReader.max(pool);
        }

        @Override
        public int waiting(Object pool) {
          return HikariPoolReader.waiting(pool);
        }
      };

  private PoolReaders() {}

  /** Null for a kind that this version does not know. */
  static PoolTable.@Nullable Reader of(String kind) {
    return kind.equals("hikari") ? HIKARI : null;
  }
}
