// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real broker, and its controller, in this JVM. It can go away and come back with its data. Needs
 * {@code org.apache.kafka:kafka_2.13} on the test's class path; this module has it as an optional
 * dependency.
 */
public final class KafkaBroker implements AutoCloseable {

  private final int port = FreePort.find();
  private final int controllerPort = FreePort.find();
  private final Path logs;
  private KafkaRaftServer server;

  /**
   * @param folder for its data, empty
   */
  public KafkaBroker(Path folder) {
    logs = folder;
    try {
      Files.writeString(
          logs.resolve("meta.properties"),
          "version=1\ncluster.id=c29uZGUtdGVzdC1rYWZrYQ\nnode.id=1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = launch();
  }

  public int port() {
    return port;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Connections break, new ones are refused. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Starts it again after {@link #stop}, on the same port. */
  public void restart() {
    server = launch();
  }

  @Override
  public void close() {
    stop();
  }

  private KafkaRaftServer launch() {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", logs.toString());
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.partitions", "1");
    settings.put("log.cleaner.enable", "false");
    KafkaRaftServer next = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    next.startup();
    return next;
  }
}
