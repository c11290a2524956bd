// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lines on the process's standard output, each in one write, so that the application's own lines
 * are not torn. Goes past {@code System.out}, which the application may have replaced or locked.
 */
final class StdoutSink implements LineSink {

  private final OutputStream out;

  StdoutSink() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StdoutSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public String name() {
    return "stdout";
  }

  @Override
  public void send(LineBatch batch, LineTally tally) {
    for (int i = 0; i < batch.lines(); i++) {
      try {
        out.write(batch.line(i));
        tally.sent(batch.signal(i), 1);
        tally.state("up");
      } catch (IOException e) {
        tally.dropped(batch.signal(i), "io error", 1);
        tally.state("down: " + e.getMessage());
        AgentLog.once("logs.stdout", "logs.stdout: " + AgentLog.brief(e) + "; lines are lost");
      }
    }
  }
}
