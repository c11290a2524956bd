// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import java.io.IOException;

/** Of an exception that nobody handled, with the request it ended. */
final class ErrorFields extends LineFields {

  /** Twenty lines and as many calls are about so much. */
  private static final int MAX_TRAIL = 6 * 1024;

  private final ExchangeFields fields;
  private final ErrorRecord error;
  private final ThrownText thrown;

  ErrorFields(LineBudget budget, ExchangeFields fields, ErrorRecord error, ThrownText thrown) {
    super(budget);
    this.fields = fields;
    this.error = error;
    this.thrown = thrown;
  }

  /** {@code java.io.IOException: disk full in GET /users/7}. */
  static String message(ErrorRecord error, ThrownText thrown) {
    Exchange exchange = error.exchange();
    return thrown.type()
        + (thrown.message() == null ? "" : ": " + thrown.message())
        + (exchange == null ? "" : " in " + AccessFields.request(exchange));
  }

  @Override
  void write(JsonGenerator json) throws IOException {
    dataset(json, Signal.ERRORS);
    thrown.writeName(this, json);
    Exchange exchange = error.exchange();
    fields.ids(this, json, exchange);
    if (exchange != null) {
      fields.request(this, json, exchange);
    }
    text(json, "labels.fingerprint", error.fingerprint(), SHORT);
    text(json, "labels.seen_at", error.seenAt(), SHORT);
    number(json, "labels.repeat_count", error.repeatCount());
    text(json, "labels.trail", String.join("\n", error.trail()), MAX_TRAIL);
    thrown.writeStack(this, json);
  }
}
