// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/**
 * An imitation of MongoDB in Java, which speaks its protocol: a real one cannot be had from Maven
 * or Debian. The driver under test is the real one. Needs {@code de.bwaldvogel:mongo-java-server}
 * on the test's class path; this module has it as an optional dependency.
 */
public final class FakeMongo implements AutoCloseable {

  private final int port = FreePort.find();
  private MongoServer server = launch();

  public int port() {
    return port;
  }

  /** Connections break, new ones are refused. */
  public void stop() {
    server.shutdownNow();
  }

  /** Starts it again after {@link #stop}, on the same port, empty. */
  public void restart() {
    server = launch();
  }

  @Override
  public void close() {
    stop();
  }

  private MongoServer launch() {
    MongoServer next = new MongoServer(new MemoryBackend());
    next.bind("127.0.0.1", port);
    return next;
  }
}
