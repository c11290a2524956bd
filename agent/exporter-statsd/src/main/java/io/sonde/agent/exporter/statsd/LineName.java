// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.nio.charset.StandardCharsets;

/** A series as it stands in a line: {@code head}, then value, type and rate, then {@code tail}. */
final class LineName {

  private final String head;
  private final String tail;
  final byte[] headBytes;
  final byte[] tailBytes;

  LineName(String head, String tail) {
    this.head = head;
    this.tail = tail;
    this.headBytes = head.getBytes(StandardCharsets.UTF_8);
    this.tailBytes = tail.getBytes(StandardCharsets.UTF_8);
  }

  /** The name, with its tags where they stand there, and {@code :}. */
  String head() {
    return head;
  }

  /** DogStatsD's tags with {@code |#}, else empty. */
  String tail() {
    return tail;
  }

  /** A whole line, without newline. */
  String line(String value, String type) {
    return head + value + '|' + type + tail;
  }
}
