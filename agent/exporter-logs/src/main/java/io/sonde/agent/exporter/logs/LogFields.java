// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.MessageMask;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of an event of the application's own log: ids, its MDC under {@code labels.*}, its throwable. */
final class LogFields extends LineFields {

  /** More are left out, and the line says that it is truncated. */
  private static final int MAX_LABELS = 32;

  private final ExchangeFields fields;
  private final LabelNames names;
  private final MessageMask messages;
  private final LogEvent event;
  private final @Nullable ThrownText thrown;

  LogFields(
      LineBudget budget,
      ExchangeFields fields,
      LabelNames names,
      MessageMask messages,
      LogEvent event,
      @Nullable ThrownText thrown) {
    super(budget);
    this.fields = fields;
    this.names = names;
    this.messages = messages;
    this.event = event;
    this.thrown = thrown;
  }

  @Override
  void write(JsonGenerator json) throws IOException {
    dataset(json, Signal.LOGS);
    fields.ids(this, json, event.exchange());
    if (thrown != null) {
      thrown.writeName(this, json);
    }
    if (!event.mdc().isEmpty()) {
      labels(json);
    }
    if (thrown != null) {
      thrown.writeStack(this, json);
    }
  }

  private void labels(JsonGenerator json) throws IOException {
    Set<String> written = new HashSet<>();
    for (Map.Entry<String, String> entry : event.mdc().entrySet()) {
      String key = entry.getKey();
      if (key == null || entry.getValue() == null || isOwnId(key, entry.getValue())) {
        continue;
      }
      if (written.size() == MAX_LABELS) {
        cut();
        return;
      }
      String name = names.of(Signal.LOGS, key);
      // Two keys may become one name; Elasticsearch refuses a line that has a name twice.
      if (name == null) {
        cut();
      } else if (written.add(name)) {
        text(json, name, messages.mask(key, entry.getValue()), SHORT);
      }
    }
  }

  /** An id that the application's MDC shows because Sonde answers for it: it is a field already. */
  private boolean isOwnId(String key, String value) {
    Exchange exchange = event.exchange();
    if (exchange == null) {
      return false;
    }
    switch (key) {
      case "traceId":
        return value.equals(exchange.traceIdString());
      case "spanId":
        return value.equals(exchange.spanIdString());
      case "requestId":
        return value.equals(exchange.requestId());
      default:
        return false;
    }
  }
}
