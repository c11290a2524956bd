// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.ServiceIdentity;
import java.util.ArrayList;
import java.util.List;

/** The sinks that the settings ask for. */
final class LineSinks {

  private LineSinks() {}

  /** Those that hang the least first. */
  static List<LineSink> of(LogConfig config, ServiceIdentity identity) {
    List<LineSink> sinks = new ArrayList<>();
    if (config.file() != null) {
      sinks.add(
          new FileSink(config.file(), config.maxSizeBytes(), config.maxAgeMillis(), config.keep()));
    }
    if (config.stdout()) {
      sinks.add(new StdoutSink());
    }
    LogstashSockets sockets = new LogstashSockets(config);
    if (!config.logstash().isEmpty()) {
      sinks.add(
          new LogstashSink(config.logstash(), sockets, config.byTurns(), config.spool("logstash")));
    }
    if (!config.lumberjack().isEmpty()) {
      sinks.add(
          new AckedSink(
              "lumberjack",
              LumberjackServer.all(config.lumberjack(), sockets),
              config.spool("lumberjack")));
    }
    ElasticsearchConfig elasticsearch = config.elasticsearch();
    if (elasticsearch != null) {
      String namespace = ConstantFields.namespace(identity.environment());
      sinks.add(
          new AckedSink(
              "elasticsearch", elasticsearch.servers(namespace), config.spool("elasticsearch")));
    }
    return sinks;
  }
}
