// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.http.HttpResponse;
import io.sonde.agent.http.KeptConnection;
import io.sonde.agent.http.Tls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import zipkin2.reporter.BytesMessageSender;

/**
 * Posts messages over one kept connection. One thread sends; {@link #tick} and {@link #abort} may
 * come from any.
 *
 * <p>A sender for any zipkin-reporter; Sonde's own delivery calls {@link #post}, which takes a run
 * of a reused buffer instead of an array per span.
 */
final class SpanSender extends BytesMessageSender.Base {

  /** To connect, and again for TLS and for the response. */
  static final int TIMEOUT_MILLIS = 2_000;

  private static final int MESSAGE_MAX_BYTES = 500_000;

  /** Of a response's body: enough for Zipkin's reason of a 400. */
  private static final int MAX_TEXT = 160;

  private final String head;
  private final KeptConnection connection;

  SpanSender(ZipkinConfig config) {
    super(config.format());
    this.head = head(config);
    this.connection =
        new KeptConnection(
            config.endpoint().getHost(),
            config.port(),
            config.secure() ? Tls.trustingTheJvms() : null,
            TIMEOUT_MILLIS,
            MAX_TEXT);
  }

  /** Sends one message and reads what the server says, whatever the status. */
  HttpResponse post(SpanBatch.Message message) throws IOException {
    return connection.exchange(head, message.bytes, message.offset, message.length);
  }

  /** Cuts off a request that takes too long: a blocked write knows no timeout. Does not block. */
  void tick(long nowNanos) {
    connection.tick(nowNanos);
  }

  /** Ends the request in hand, and every later one, with an exception. Does not block. */
  void abort() {
    connection.abort();
  }

  boolean aborted() {
    return connection.aborted();
  }

  @Override
  public int messageMaxBytes() {
    return MESSAGE_MAX_BYTES;
  }

  @Override
  public void send(List<byte[]> encodedSpans) throws IOException {
    byte[] message = encoding.encode(encodedSpans);
    HttpResponse response = post(new SpanBatch.Message(message, 0, message.length));
    if (!response.ok()) {
      throw new IOException(response.describe());
    }
  }

  @Override
  public void close() {
    abort();
  }

  private static String head(ZipkinConfig config) {
    String path = config.endpoint().getRawPath();
    String query = config.endpoint().getRawQuery();
    StringBuilder head =
        new StringBuilder("POST ")
            .append(path)
            .append(query == null ? "" : "?" + query)
            .append(" HTTP/1.1\r\nHost: ")
            .append(config.endpoint().getRawAuthority())
            .append("\r\nUser-Agent: sonde\r\nContent-Type: ")
            .append(config.format().mediaType())
            // An observed backend must not trace what brings it traces.
            .append("\r\nb3: 0\r\n");
    for (Map.Entry<String, String> header : config.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    return head.toString();
  }
}
