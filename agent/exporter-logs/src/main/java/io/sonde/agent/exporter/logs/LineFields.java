// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import net.logstash.logback.argument.StructuredArgument;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one kind of line, beyond those that all have: a structured argument, as
 * logstash-logback-encoder calls what adds fields to an event.
 *
 * <p>What can fail on hostile input ({@code getMessage} of a foreign throwable) is read in the
 * constructor: once the generator has begun, only writing is left.
 */
abstract class LineFields implements StructuredArgument {

  /** Ids, names of methods and the like. */
  static final int SHORT = 256;

  /** Routes, handlers, class names, user agents. */
  static final int NAME = 512;

  /** Paths and queries. */
  static final int LONG = 2_048;

  private final LineBudget budget;

  LineFields(LineBudget budget) {
    this.budget = budget;
  }

  /** Null or empty values are left out. */
  final void text(JsonGenerator json, String name, @Nullable String value, int maxBytes)
      throws IOException {
    if (value != null && !value.isEmpty()) {
      String fitting = budget.take(name, value, maxBytes);
      if (fitting != null) {
        json.writeStringField(name, fitting);
      }
    }
  }

  /** Which data stream it belongs to. */
  final void dataset(JsonGenerator json, Signal signal) throws IOException {
    text(json, "data_stream.dataset", signal.dataset(), SHORT);
    text(json, "event.dataset", signal.dataset(), SHORT);
  }

  final void number(JsonGenerator json, String name, long value) throws IOException {
    if (budget.takeNumber(name)) {
      json.writeNumberField(name, value);
    }
  }

  final void decimal(JsonGenerator json, String name, float value) throws IOException {
    if (budget.takeNumber(name)) {
      json.writeNumberField(name, value);
    }
  }

  /** Something was left out. */
  final void cut() {
    budget.markCut();
  }

  abstract void write(JsonGenerator json) throws IOException;

  @Override
  public final void writeTo(JsonGenerator json) throws IOException {
    write(json);
    if (budget.cut()) {
      json.writeStringField("labels.truncated", "true");
    }
  }
}
