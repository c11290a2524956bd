// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.spool.Spool;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Batches that a destination has not taken, on disk, in their order. What is there when the process
 * ends, however it ends, is sent by the next one; a server that knows a line by its key has it once
 * even so.
 *
 * <p>The destination's thread, but for {@link #close}.
 */
final class LineSpool {

  private final Spool spool;
  private final String name;
  private final LineTally tally;
  private final DeadLetters deadLetters;

  /** The oldest batch while it is tried; on disk until it is {@link #done}. */
  private @Nullable OpenLines head;

  private LineSpool(Spool spool, String name, LineTally tally) {
    this.spool = spool;
    this.name = name;
    this.tally = tally;
    this.deadLetters = new DeadLetters(new File(spool.directory(), "refused.json"));
  }

  /** Null when there can be none: that is told, and lines wait in memory. */
  static @Nullable LineSpool open(File directory, String name, long maxBytes, LineTally tally) {
    try {
      Spool spool =
          Spool.open(
              directory,
              "logs-" + name,
              maxBytes,
              record -> OpenLines.of(record, tally, null).inherited());
      if (spool.skippedBytes() > 0) {
        AgentLog.warn(
            String.format(
                "logs.%s: %d bytes in %s were damaged; the lines in them are lost, and in no account",
                name, spool.skippedBytes(), spool.directory()));
      }
      if (!spool.isEmpty()) {
        AgentLog.info(
            String.format(
                "logs.%s: %d KB that were not taken before are sent from %s",
                name, spool.bytes() / 1_024, spool.directory()));
      }
      return new LineSpool(spool, name, tally);
    } catch (IOException | RuntimeException e) {
      AgentLog.warn(
          "logs.spool: " + AgentLog.brief(e) + "; lines for " + name + " wait in memory only");
      return null;
    }
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  synchronized boolean isEmpty() {
    return spool.isEmpty();
  }

  /** Puts the open ones away; drops and counts them when there is no room. */
  synchronized void add(OpenLines lines) {
    try {
      if (spool.offer(lines.toRecord())) {
        lines.spooled();
      } else {
        lines.dropAll("spool full");
      }
    } catch (IOException e) {
      AgentLog.once("spool " + name, "logs.spool: " + AgentLog.brief(e) + "; lines are lost");
      lines.dropAll("spool failed");
    }
  }

  /** The oldest batch, or null. The same one until it is {@link #done}. */
  synchronized @Nullable OpenLines next() {
    if (head == null) {
      byte[] record = spool.peek();
      if (record == null) {
        tally.noneSpooled(); // What was damaged is lost.
        return null;
      }
      head = OpenLines.of(record, tally, deadLetters);
    }
    return head;
  }

  synchronized void done() {
    head = null;
    try {
      spool.remove();
    } catch (IOException e) {
      AgentLog.once("spool " + name, "logs.spool: " + AgentLog.brief(e) + "; lines may come twice");
    }
  }

  /** What is there stays for the next process. Any thread. */
  synchronized void close() {
    spool.close();
  }
}
