// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.sonde.testkit.FreePort;

/**
 * An imitation of MongoDB in Java, which speaks its protocol: a real one cannot be had from Maven
 * or Debian. The driver under test is the real one.
 */
final class FakeMongo implements AutoCloseable {

  private final int port = FreePort.find();
  private MongoServer server = launch();

  int port() {
    return port;
  }

  void stop() {
    server.shutdownNow();
  }

  void restart() {
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
