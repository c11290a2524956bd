// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.instrumentation.agroal.AgroalInstrumentation;
import io.sonde.agent.instrumentation.agroal.AgroalPoolReader;
import io.sonde.agent.instrumentation.c3p0.C3p0Instrumentation;
import io.sonde.agent.instrumentation.c3p0.C3p0PoolReader;
import io.sonde.agent.instrumentation.dbcp2.Dbcp2Instrumentation;
import io.sonde.agent.instrumentation.dbcp2.Dbcp2PoolReader;
import io.sonde.agent.instrumentation.druid.DruidInstrumentation;
import io.sonde.agent.instrumentation.druid.DruidPoolReader;
import io.sonde.agent.instrumentation.hikari.HikariInstrumentation;
import io.sonde.agent.instrumentation.hikari.HikariPoolReader;
import io.sonde.agent.instrumentation.pool.PoolReader;
import io.sonde.agent.instrumentation.tomcatjdbc.TomcatJdbcInstrumentation;
import io.sonde.agent.instrumentation.tomcatjdbc.TomcatJdbcPoolReader;
import io.sonde.agent.instrumentation.ucp.UcpInstrumentation;
import io.sonde.agent.instrumentation.ucp.UcpPoolReader;
import io.sonde.agent.instrumentation.vibur.ViburInstrumentation;
import io.sonde.agent.instrumentation.vibur.ViburPoolReader;
import io.sonde.agent.recording.PoolTable;
import org.jspecify.annotations.Nullable;

/** How each kind of connection pool is read. */
final class PoolReaders {

  private PoolReaders() {}

  /** Null for a kind that this version does not know. Called once a pool. */
  static PoolTable.@Nullable Reader of(String kind) {
    PoolReader reader = reader(kind);
    return reader == null ? null : new Adapter(reader);
  }

  private static @Nullable PoolReader reader(String kind) {
    switch (kind) {
      case HikariInstrumentation.KIND:
        return new HikariPoolReader();
      case Dbcp2Instrumentation.KIND:
        return new Dbcp2PoolReader();
      case TomcatJdbcInstrumentation.KIND:
        return new TomcatJdbcPoolReader();
      case C3p0Instrumentation.KIND:
        return new C3p0PoolReader();
      case DruidInstrumentation.KIND:
        return new DruidPoolReader();
      case AgroalInstrumentation.KIND:
        return new AgroalPoolReader();
      case UcpInstrumentation.KIND:
        return new UcpPoolReader();
      case ViburInstrumentation.KIND:
        return new ViburPoolReader();
      default:
        return null;
    }
  }

  /** Recording and instrumentation do not know each other. */
  private static final class Adapter implements PoolTable.Reader {

    private final PoolReader reader;

    Adapter(PoolReader reader) {
      this.reader = reader;
    }

    @Override
    public String name(Object pool) {
      return reader.name(pool);
    }

    @Override
    public int active(Object pool) {
      return reader.active(pool);
    }

    @Override
    public int idle(Object pool) {
      return reader.idle(pool);
    }

    @Override
    public int max(Object pool) {
      return reader.max(pool);
    }

    @Override
    public int waiting(Object pool) {
      return reader.waiting(pool);
    }

    @Override
    public boolean closed(Object pool) {
      return reader.closed(pool);
    }
  }
}
