// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.recording.Exchange;
import org.jspecify.annotations.Nullable;
import zipkin2.Endpoint;
import zipkin2.Span;
import zipkin2.reporter.SpanBytesEncoder;

/**
 * Builds Zipkin's own model and has its encoder write it. That initializes JUL ({@code
 * Proto3ZipkinFields} holds a logger), so that nothing of it is loaded unless {@code
 * zipkin.encoding=proto3} asks for it. One thread.
 */
final class Proto3SpanWriter implements SpanWriter {

  private final SpanBatch batch;
  private Span.Builder span = Span.newBuilder();

  Proto3SpanWriter(SpanBatch batch) {
    this.batch = batch;
  }

  @Override
  public void ids(long traceIdHigh, long traceId, long parentId, long spanId) {
    // A new one: a span that failed half way must not lend its tags to the next.
    span = Span.newBuilder().traceId(traceIdHigh, traceId).parentId(parentId).id(spanId);
  }

  @Override
  public void kind(Exchange.Kind kind) {
    span.kind(kind == Exchange.Kind.SERVER ? Span.Kind.SERVER : Span.Kind.CLIENT);
  }

  @Override
  public void name(String method, @Nullable String route) {
    span.name(route == null ? method : method + " " + route);
  }

  @Override
  public void time(long timestamp, long duration) {
    span.timestamp(timestamp).duration(duration);
  }

  @Override
  public void local(String serviceName) {
    span.localEndpoint(Endpoint.newBuilder().serviceName(serviceName).build());
  }

  @Override
  public void remote(@Nullable String serviceName, @Nullable String ip, int port) {
    span.remoteEndpoint(Endpoint.newBuilder().serviceName(serviceName).ip(ip).port(port).build());
  }

  @Override
  public void tag(String key, String value) {
    span.putTag(key, value);
  }

  @Override
  public void debug() {
    span.debug(true);
  }

  @Override
  public void end() {
    byte[] encoded = SpanBytesEncoder.PROTO3.encode(span.build());
    int at = batch.position();
    System.arraycopy(encoded, 0, batch.reserve(encoded.length), at, encoded.length);
    batch.commit(at + encoded.length);
  }
}
