// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** What the tests of this package log, and how they read it back. */
final class Samples {

  static final ServiceIdentity SHOP =
      new ServiceIdentity("shop", "1.2.3", "Prod-EU", "pod-7", "node-a");

  static final QueryMask MASK = new QueryMask(Set.of("page"));
  static final MessageMask MESSAGES = new MessageMask(Set.of("page"));

  static final List<String> FOLDED = List.of("org.junit.", "java.lang.reflect.", "jdk.internal.");

  /** Strict: a name twice in one object fails, as in Elasticsearch. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Samples() {}

  static LogEvent log(String message) {
    return log(message, null, Map.of(), null);
  }

  static LogEvent log(
      String message, Throwable thrown, Map<String, String> mdc, Exchange exchange) {
    return new LogEvent(
        4, 1_700_000_000_000L, "com.shop.Cart", message, "worker-1", thrown, mdc, exchange);
  }

  static ErrorRecord error(Throwable thrown, Exchange exchange) {
    return new ErrorRecord(
        thrown, "cafe0123", "handler", 3, 1_700_000_000_007L, "http-1", exchange);
  }

  static LogExporter exporter(LogConfig.Builder config, Ledger ledger) {
    LogExporter exporter = new LogExporter(config.build(), SHOP, MASK, MESSAGES, ledger);
    exporter.start();
    return exporter;
  }

  static void close(LogExporter exporter, Duration within) {
    exporter.close(System.nanoTime() + within.toNanos());
  }

  static String encode(Line line) {
    return encode(line, ClientIp.MASKED);
  }

  static String encode(Line line, ClientIp clientIp) {
    return encode(SHOP, line, clientIp);
  }

  static String encode(ServiceIdentity identity, Line line, ClientIp clientIp) {
    LineBatch batch = new LineBatch();
    try {
      new LineEncoder(identity, MASK, MESSAGES, clientIp, new LabelNames(), FOLDED)
          .encode(line, batch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    batch.commit(line.signal());
    return new String(batch.toByteArray(), StandardCharsets.UTF_8);
  }

  static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }

  static Set<String> names(JsonNode line) {
    Set<String> names = new TreeSet<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }

  static Ledger.Account account(Ledger ledger, String signal, String destination) {
    return ledger.accounts().stream()
        .filter(a -> a.signal().equals(signal) && a.destination().equals(destination))
        .findFirst()
        .orElseThrow();
  }

  static boolean balances(Ledger ledger) {
    return ledger.accounts().stream()
        .allMatch(a -> a.taken() == a.acked() + a.sent() + a.queued() + a.spooled() + a.dropped());
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 15 s: " + what);
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  static List<String> messages(List<String> lines) {
    return lines.stream().map(line -> parse(line).get("message").asText()).toList();
  }
}
