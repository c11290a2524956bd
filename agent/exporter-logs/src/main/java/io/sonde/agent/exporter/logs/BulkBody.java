// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lines as the body of a {@code _bulk} request, gzipped: before each line what is to be done with
 * it. {@code create}, the only action that a data stream knows, with an id, so that a line that
 * comes twice is refused the second time.
 *
 * <pre>{"create":{"_index":"logs-sonde.log-default","_id":"4k3…-2a-17"}}
 * {"@timestamp":…}</pre>
 */
final class BulkBody {

  private static final byte[] ACTION_END = "\"}}\n".getBytes(StandardCharsets.US_ASCII);

  private final Map<Signal, byte[]> actionStarts = new EnumMap<>(Signal.class);

  /**
   * @param index of all lines; null: a data stream for each kind, {@code logs-dataset-namespace}
   */
  BulkBody(@Nullable String index, String namespace) {
    for (Signal signal : Signal.values()) {
      String into = index != null ? index : "logs-" + signal.dataset() + "-" + namespace;
      String start = "{\"create\":{\"_index\":\"" + into + "\",\"_id\":\"";
      actionStarts.put(signal, start.getBytes(StandardCharsets.UTF_8));
    }
  }

  byte[] of(OpenLines lines, int[] which) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
    try (OutputStream out = new Fast(body)) {
      for (int line : which) {
        out.write(actionStarts.get(lines.signal(line)));
        out.write(lines.key(line).getBytes(StandardCharsets.US_ASCII));
        out.write(ACTION_END);
        out.write(lines.bytes(), lines.start(line), lines.end(line) - lines.start(line));
      }
    }
    return body.toByteArray();
  }

  /** A third of the default level's time, for a tenth more bytes of lines that are much alike. */
  private static final class Fast extends GZIPOutputStream {

    Fast(OutputStream out) throws IOException {
      super(out, 4 * 1024);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
