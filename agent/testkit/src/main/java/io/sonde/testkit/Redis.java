// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import redis.embedded.RedisServer;

/**
 * A real Redis 6.2 that can go away and come back, empty. Needs {@code
 * com.github.codemonstur:embedded-redis}, which carries its binaries, on the test's class path;
 * this module has it as an optional dependency.
 */
public final class Redis implements AutoCloseable {

  private final int port = FreePort.find();
  private final RedisServer server;

  private Redis() {
    try {
      server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .onShutdownForceStop(true)
              .build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis does not start", e);
    }
  }

  /** Starts one on a free port and returns when it answers (0.2 s). */
  public static Redis start() {
    return new Redis();
  }

  public int port() {
    return port;
  }

  /** Ends the server; connections break, new ones are refused. */
  public void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #stop}, on the same port. */
  public void restart() {
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Redis does not start again", e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
