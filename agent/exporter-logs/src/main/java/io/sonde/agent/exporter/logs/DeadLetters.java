// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lines that a server will never take, in a file for whoever wants to know why:
 *
 * <pre>{"refused":"400 document_parsing_exception","line":{"@timestamp":…}}</pre>
 *
 * <p>At most 10 MB, and as much of what was before in {@code FILE.1}. They are counted as dropped
 * all the same. One thread.
 */
final class DeadLetters {

  private static final long MAX_BYTES = 10L * 1024 * 1024;

  private final File file;

  DeadLetters(File file) {
    this.file = file;
  }

  /**
   * @param bytes of the line, its newline included
   */
  void add(String why, byte[] bytes, int from, int to) {
    if (file.length() > MAX_BYTES) {
      roll();
    }
    String plain = why.replaceAll("[^\\w .:,/()-]", "_");
    byte[] before = ("{\"refused\":\"" + plain + "\",\"line\":").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new FileOutputStream(file, true)) {
      byte[] whole = new byte[before.length + to - from + 1];
      System.arraycopy(before, 0, whole, 0, before.length);
      System.arraycopy(bytes, from, whole, before.length, to - from - 1);
      whole[whole.length - 2] = '}';
      whole[whole.length - 1] = '\n';
      out.write(whole);
    } catch (IOException e) {
      AgentLog.once("dead letters", "logs.spool: " + AgentLog.brief(e));
    }
  }

  private void roll() {
    File before = new File(file.getPath() + ".1");
    before.delete();
    file.renameTo(before);
  }
}
