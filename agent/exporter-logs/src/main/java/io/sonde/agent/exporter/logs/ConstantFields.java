// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields that are the same on every line of this process. */
final class ConstantFields {

  private static final int MAX_LENGTH = 256;
  private static final int MAX_NAMESPACE = 100;

  private ConstantFields() {}

  /** A JSON object. Reads files of {@code /proc}: not for the application's threads. */
  static String json(ServiceIdentity identity) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    put(fields, "ecs.version", "8.11.0");
    put(fields, "service.name", identity.name());
    put(fields, "service.version", identity.version());
    put(fields, "service.environment", identity.environment());
    put(fields, "service.node.name", identity.instance());
    put(fields, "host.name", identity.host());
    put(fields, "container.id", ProcessFacts.containerId());
    long pid = ProcessFacts.pid();
    if (pid > 0) {
      fields.put("process.pid", pid);
    }
    put(fields, "data_stream.type", "logs");
    put(fields, "data_stream.namespace", namespace(identity.environment()));
    return fields.toString();
  }

  private static void put(ObjectNode fields, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(name, value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value);
    }
  }

  /** Part of an index's name: lower case, and neither a dash nor what Elasticsearch forbids. */
  private static String namespace(@Nullable String environment) {
    if (environment == null || environment.isEmpty()) {
      return "default";
    }
    String clean = environment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.]", "_");
    return clean.length() > MAX_NAMESPACE ? clean.substring(0, MAX_NAMESPACE) : clean;
  }
}
