// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a rolling file. While it cannot be written, lines are lost and counted ({@code
 * unwritable}), and it is tried again every ten seconds.
 */
final class FileSink implements LineSink {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String path;
  private final long maxSizeBytes;
  private final long maxAgeMillis;
  private final int keep;
  private final long retryNanos;
  private @Nullable RollingLineAppender appender;
  private long retryAt = System.nanoTime();

  FileSink(String path, long maxSizeBytes, long maxAgeMillis, int keep) {
    this(path, maxSizeBytes, maxAgeMillis, keep, RETRY_NANOS);
  }

  FileSink(String path, long maxSizeBytes, long maxAgeMillis, int keep, long retryNanos) {
    this.path = path;
    this.maxSizeBytes = maxSizeBytes;
    this.maxAgeMillis = maxAgeMillis;
    this.keep = keep;
    this.retryNanos = retryNanos;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public void send(LineBatch batch, LineTally tally) {
    letGoOfLost();
    for (int i = 0; i < batch.lines(); i++) {
      if (open(tally) && write(batch.line(i), tally)) {
        tally.sent(batch.signal(i), 1);
      } else {
        tally.dropped(batch.signal(i), "unwritable", 1);
      }
    }
  }

  /** Opens early, so that a wrong path is told at start and not with the first line. */
  @Override
  public void idle(LineTally tally) {
    open(tally);
  }

  @Override
  public void close() {
    RollingLineAppender current = appender;
    if (current != null) {
      current.stop();
    }
  }

  /** Somebody moved, deleted or emptied the file: it is made again. Once a batch: that is cheap. */
  private void letGoOfLost() {
    RollingLineAppender current = appender;
    if (current != null && current.isLost()) {
      current.stop();
      appender = null;
    }
  }

  private boolean write(byte[] line, LineTally tally) {
    if (appender.write(line)) {
      return true;
    }
    down(appender.failure(), tally);
    return false;
  }

  private boolean open(LineTally tally) {
    if (appender != null) {
      return true;
    }
    if (System.nanoTime() - retryAt < 0) {
      return false;
    }
    if (path.indexOf('%') >= 0) {
      down("a % cannot be part of the name", tally);
      return false;
    }
    RollingLineAppender opened = new RollingLineAppender(path, maxSizeBytes, maxAgeMillis, keep);
    appender = opened;
    opened.start();
    if (!opened.isStarted()) {
      down(opened.failure(), tally);
      return false;
    }
    tally.state("up");
    return true;
  }

  private void down(@Nullable String reason, LineTally tally) {
    RollingLineAppender broken = appender;
    if (broken != null) {
      broken.stop();
    }
    appender = null;
    retryAt = System.nanoTime() + retryNanos;
    String why = reason == null ? "cannot be opened" : reason;
    tally.state("down: " + why);
    AgentLog.once(
        "logs.file " + path,
        "logs.file=" + path + " cannot be written (" + why + "); lines to it are lost and counted");
  }
}
