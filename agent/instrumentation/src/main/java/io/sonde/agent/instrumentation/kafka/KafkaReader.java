// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.kafka;

import static io.sonde.agent.instrumentation.pool.Getters.call;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code KafkaProducer} or {@code KafkaConsumer} through its public {@code metrics()}. That
 * map may be read by any thread (it is a view of a ConcurrentHashMap, and the consumer does not ask
 * for its owner here, unlike in most methods); of the metrics only those are read that compute from
 * volatile fields under a lock of their own, as JMX does. For Sonde's threads.
 */
public final class KafkaReader {

  private static final String CONNECTIONS = "connection-count";
  private static final String LAST_POLL = "last-poll-seconds-ago";
  private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";

  private KafkaReader() {}

  /** The client's id, which Kafka's own metrics have too; null when it cannot be told. */
  public static @Nullable String name(Object client) {
    Map<?, ?> metrics = metrics(client);
    if (metrics != null) {
      for (Object name : metrics.keySet()) {
        Object tags = call(name, "tags");
        Object id = tags instanceof Map ? ((Map<?, ?>) tags).get("client-id") : null;
        if (id != null) {
          return id.toString();
        }
      }
    }
    return null;
  }

  public static Map<String, Object> producer(Object producer) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Map<?, ?> metrics = metrics(producer);
    if (metrics != null) {
      connections(facts, value(metrics, CONNECTIONS, "producer-metrics"));
    }
    return facts;
  }

  /**
   * {@code lastPoll} in seconds, {@code late} when the group's coordinator will take its partitions
   * away for that.
   *
   * @param maxPollMillis {@code max.poll.interval.ms}
   */
  public static Map<String, Object> consumer(Object consumer, @Nullable Object maxPollMillis) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Map<?, ?> metrics = metrics(consumer);
    if (metrics == null) {
      return facts;
    }
    double lastPoll = value(metrics, LAST_POLL, "consumer-metrics");
    double lastHeartbeat = value(metrics, LAST_HEARTBEAT, "consumer-coordinator-metrics");
    // One that was never polled has no reason to be connected.
    if (lastPoll >= 0) {
      connections(facts, value(metrics, CONNECTIONS, "consumer-metrics"));
      facts.put("lastPoll", (long) lastPoll);
    }
    if (lastHeartbeat >= 0) {
      facts.put("lastHeartbeat", (long) lastHeartbeat);
    }
    if (maxPollMillis instanceof Integer) {
      long seconds = (Integer) maxPollMillis / 1_000;
      facts.put("maxPollInterval", seconds);
      // Only members of a group must poll in time; they alone have a heartbeat.
      if (lastHeartbeat >= 0 && lastPoll > (Integer) maxPollMillis / 1_000.0) {
        facts.put("late", true);
      }
    }
    return facts;
  }

  private static void connections(Map<String, Object> facts, double count) {
    if (count >= 0) {
      facts.put("state", count > 0 ? "CONNECTED" : "DISCONNECTED");
      facts.put("open", (long) count);
    }
  }

  private static @Nullable Map<?, ?> metrics(Object client) {
    Object metrics = call(client, "metrics");
    return metrics instanceof Map ? (Map<?, ?>) metrics : null;
  }

  /** -1 when there is none; Kafka has -1 for never. */
  private static double value(Map<?, ?> metrics, String name, String group) {
    for (Map.Entry<?, ?> metric : metrics.entrySet()) {
      if (name.equals(call(metric.getKey(), "name"))
          && group.equals(call(metric.getKey(), "group"))) {
        Object value = call(metric.getValue(), "metricValue");
        return value instanceof Number ? ((Number) value).doubleValue() : -1;
      }
    }
    return -1;
  }
}
