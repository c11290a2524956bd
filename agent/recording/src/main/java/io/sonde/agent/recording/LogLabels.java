// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The MDC of one event and what else it carries. Filled by the thread that logs. Bounded. */
final class LogLabels extends HashMap<String, String> {

  private static final long serialVersionUID = 1;

  /** More than a line may have. */
  private static final int MAX_SIZE = 64;

  private LogLabels() {}

  /** The same one when it is of this class, else a copy. */
  static LogLabels of(@Nullable Map<String, String> labels) {
    if (labels instanceof LogLabels) {
      return (LogLabels) labels;
    }
    LogLabels copy = new LogLabels();
    if (labels != null) {
      copy.putAll(labels);
    }
    return copy;
  }

  LogLabels with(String key, Object value) {
    if (size() < MAX_SIZE) {
      put(key, value.toString());
    }
    return this;
  }
}
