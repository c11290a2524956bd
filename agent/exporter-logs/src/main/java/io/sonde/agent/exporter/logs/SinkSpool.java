// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * The spool of one destination, if there is to be one: {@code logs.spool}. Opened with the first
 * batch. The destination's thread, but for {@link #close}.
 */
final class SinkSpool {

  private final String destination;
  private final @Nullable String directory;
  private final long maxBytes;
  private boolean asked;
  private volatile @Nullable LineSpool lines;

  /**
   * @param directory null: lines wait in memory
   */
  SinkSpool(String destination, @Nullable String directory, long maxBytes) {
    this.destination = destination;
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  /** Null where none is asked for or can be. */
  @Nullable LineSpool open(LineTally tally) {
    if (!asked && directory != null) {
      lines = LineSpool.open(new File(directory), destination, maxBytes, tally);
    }
    asked = true;
    return lines;
  }

  boolean isOpen() {
    return lines != null;
  }

  /** For a line of the log: {@code 8192 lines wait}. */
  String bound() {
    return isOpen()
        ? "up to " + maxBytes / 1_048_576 + " MB wait in " + directory
        : LogDestination.QUEUE_LINES + " lines wait";
  }

  void close() {
    LineSpool open = lines;
    if (open != null) {
      open.close();
    }
  }
}
