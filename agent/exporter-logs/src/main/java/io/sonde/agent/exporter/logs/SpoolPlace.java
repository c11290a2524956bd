// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Where spools are made, if any: {@code logs.spool}. Immutable. */
final class SpoolPlace {

  /** Lines wait in memory. */
  static final SpoolPlace NONE = new SpoolPlace(null, 0);

  private final @Nullable String directory;
  private final long maxBytes;

  /**
   * @param maxBytes of each destination
   */
  SpoolPlace(@Nullable String directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  @Nullable LineSpool open(String destination, LineTally tally) {
    return directory == null
        ? null
        : LineSpool.open(new File(directory), destination, maxBytes, tally);
  }

  /** For a line of the log: {@code 8192 lines wait}. */
  String bound(boolean onDisk) {
    return onDisk
        ? "up to " + maxBytes / 1_048_576 + " MB wait in " + directory
        : LogDestination.QUEUE_LINES + " lines wait";
  }
}
