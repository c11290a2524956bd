// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.http.Endpoint;
import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.http.KeptConnection;
import io.sonde.agent.recording.AgentLog;
import java.io.IOException;
import java.util.List;

/** One URL of Elasticsearch or OpenSearch, through {@code _bulk}. Redirects are not followed. */
final class BulkServer implements AckingServer {

  /** To connect, and again for the answer: a busy cluster takes its time. */
  private static final int TIMEOUT_MILLIS = 10_000;

  /** Of an answer: a thousand lines, each refused with a reason. */
  private static final int MAX_TEXT = 1024 * 1024;

  private final Endpoint endpoint;
  private final BulkCredentials credentials;
  private final BulkBody body;
  private final KeptConnection connection;
  private final String head;

  BulkServer(Endpoint endpoint, ElasticsearchConfig config, BulkBody body) {
    this.endpoint = endpoint;
    this.credentials = config.credentials();
    this.body = body;
    connection = endpoint.connection(config.caCert(), TIMEOUT_MILLIS, MAX_TEXT);
    head =
        endpoint.head("POST", "/_bulk?" + BulkAnswer.FILTER)
            + "Content-Type: application/x-ndjson\r\nContent-Encoding: gzip\r\n"
            // An observed server must not trace what brings it lines.
            + "b3: 0\r\n";
  }

  @Override
  public void send(OpenLines lines, int most) throws IOException {
    int[] which = lines.first(most);
    byte[] bytes = body.of(lines, which);
    HttpResponse response =
        connection.exchange(head + credentials.header(), bytes, 0, bytes.length);
    if (response.ok()) {
      settle(lines, which, BulkAnswer.parse(response.text()).items());
    } else {
      refused(response, lines, which);
    }
  }

  @Override
  public void watch(long nowNanos) {
    connection.tick(nowNanos);
  }

  @Override
  public void abort() {
    connection.abort();
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }

  /** What it does not say of a line is not known. */
  private void settle(OpenLines lines, int[] which, List<BulkAnswer.Item> items)
      throws IOException {
    if (items.size() != which.length) {
      throw new IOException(
          "the answer tells of " + items.size() + " lines, sent were " + which.length);
    }
    BulkAnswer.Item later = null;
    for (int i = 0; i < which.length; i++) {
      BulkAnswer.Item item = items.get(i);
      if (item.taken()) {
        lines.acked(which[i]);
      } else if (item.later()) {
        later = item;
      } else {
        lines.refused(
            which[i],
            "refused " + item.status(),
            item.status() + " " + item.type() + ": " + item.reason());
        tellRefused(item.status() + " " + item.type(), item.reason());
      }
    }
    if (later != null) {
      throw new RefusedException("status " + later.status() + " " + later.type());
    }
  }

  /** Of all lines at once. But for what sending again cannot mend, they are kept. */
  private static void refused(HttpResponse response, OpenLines lines, int[] which)
      throws IOException {
    String what = "HTTP " + response.status() + BulkAnswer.errorType(response.text());
    if (response.status() == 413) {
      throw new TooMuchException(what);
    }
    if (response.status() != 400) {
      throw new RefusedException(what);
    }
    for (int line : which) {
      lines.refused(line, "refused 400", what);
    }
    tellRefused(what, "the request as a whole");
  }

  private static void tellRefused(String what, String reason) {
    AgentLog.once(
        "elasticsearch refused " + what,
        "logs.elasticsearch: refused with "
            + what
            + " ("
            + reason
            + "); such lines are dropped and counted");
  }
}
